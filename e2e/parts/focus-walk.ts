import type { Page } from '@playwright/test';

/** What a walk through a page by Tab alone found wrong, one line per control. */
interface FocusWalk {
  /** Controls that can be seen and were never reached. */
  unreached: string[];
  /** Controls that were reached and did not show it, or stood hidden under something that sticks. */
  unseen: string[];
}

/** Tabs through a freshly opened page until it begins again. */
export async function walkByTab(page: Page): Promise<FocusWalk> {
  const stops = await page.evaluate(markStops);
  const unseen: string[] = [];
  let left = stops;
  // Regions that scroll are stops of the browser's own.
  for (let press = 0; left > 0 && press < stops * 2 + 20; press += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(describeFocus);
    if (at.isNewStop) left -= 1;
    if (at.unseen) unseen.push(at.unseen);
  }
  const unreached = await page.evaluate(() =>
    [...document.querySelectorAll('[data-stop="waiting"]')].map((element) => element.outerHTML.slice(0, 200)),
  );
  return { unreached, unseen };
}

/** Marks whatever should be a stop: of radio buttons one per group, of a composite widget the part that Tab enters. */
function markStops(): number {
  const candidates = document.querySelectorAll<HTMLElement>(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]',
  );
  const isRadioOfAnother = (element: HTMLElement) =>
    element instanceof HTMLInputElement &&
    element.type === 'radio' &&
    !element.checked &&
    document.querySelector(`input[name="${CSS.escape(element.name)}"]:checked`) !== null;
  const stops = [...candidates].filter(
    (element) =>
      element.tabIndex >= 0 &&
      !element.matches(':disabled') &&
      !element.closest('[inert]') &&
      // It hands the focus on to one of its tabs.
      element.role !== 'tablist' &&
      element.checkVisibility({ visibilityProperty: true }) &&
      !isRadioOfAnother(element),
  );
  for (const stop of stops) stop.dataset.stop = 'waiting';
  return stops.length;
}

/** Where the focus is now, whether for the first time, and what keeps one from seeing it. */
function describeFocus(): { isNewStop: boolean; unseen: string | null } {
  const element = document.activeElement as HTMLElement;
  const isNewStop = element.dataset.stop === 'waiting';
  if (!isNewStop) return { isNewStop, unseen: null };
  element.dataset.stop = 'reached';
  const drawn = [element, element.parentElement, element.parentElement?.parentElement].some((candidate) => {
    if (!candidate) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(candidate);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
  });
  const { left, right, top: upper, bottom } = element.getClientRects()[0] ?? element.getBoundingClientRect();
  // Of something larger than the window only a part can be seen.
  const middle = (from: number, to: number, size: number) => (Math.max(0, from) + Math.min(size, to)) / 2;
  const top = document.elementFromPoint(middle(left, right, innerWidth), middle(upper, bottom, innerHeight));
  const covered = !top || !(element.contains(top) || top.contains(element) || top.closest('label')?.contains(element));
  const what = element.outerHTML.slice(0, 200);
  if (!drawn) return { isNewStop, unseen: `no visible focus: ${what}` };
  return { isNewStop, unseen: covered ? `covered by ${top?.outerHTML.slice(0, 100) ?? 'nothing'}: ${what}` : null };
}
