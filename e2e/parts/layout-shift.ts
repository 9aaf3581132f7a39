import type { Page } from '@playwright/test';

interface Shift {
  value: number;
  /** What moved. */
  elements: string[];
}

type ShiftingWindow = Window & { layoutShifts?: Shift[] };

/** Lets every page that is opened from now on note what moves in it without being asked. */
export async function watchLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: Shift[] = [];
    (window as ShiftingWindow).layoutShifts = shifts;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node?: Node }[];
      })[]) {
        if (entry.hadRecentInput) continue;
        const elements = entry.sources.map(({ node }) =>
          node instanceof Element ? node.outerHTML.slice(0, 120) : (node?.textContent ?? '').slice(0, 60),
        );
        shifts.push({ value: entry.value, elements });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The sum of all shifts since the page was opened, which is never less than its CLS, and what moved. */
export async function layoutShift(page: Page): Promise<{ sum: number; elements: string[] }> {
  const shifts = await page.evaluate(() => (window as ShiftingWindow).layoutShifts ?? []);
  return {
    sum: shifts.reduce((sum, { value }) => sum + value, 0),
    elements: shifts.flatMap(({ elements }) => elements),
  };
}
