import { expect, type Page } from '@playwright/test';
import { test } from './house/fixtures.ts';
import { seriousFindings } from './parts/accessibility.ts';
import { collectErrors } from './parts/console-errors.ts';
import { unexplainedControls, usableButtons } from './parts/controls.ts';
import { walkByTab } from './parts/focus-walk.ts';
import { layoutShift, watchLayoutShifts } from './parts/layout-shift.ts';
import { fillPath, PAGES, type PageEntry, pageFolders, pageName, REDIRECTS } from './parts/pages.ts';
import { swept } from './parts/sample.ts';
import { settled } from './parts/settled.ts';
import { sidewaysOverflow } from './parts/sideways.ts';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
/** Buttons that change nothing of the organisation's or in n8n: what a viewer may press. */
const HARMLESS =
  /, copy |: Choose |^[+~−]|^(Copy|Download|Leave$|Test the connection|Previous|Next|Page \d|Clear|Show|Retry|Sort|Zoom|Fit|Choose|Theme|Expand|Collapse|Cosmetic|Dismiss|Close)/;

test('no page is left out', () => {
  const known = [...PAGES.map(({ folder }) => folder), ...REDIRECTS];
  expect(known.toSorted()).toEqual(pageFolders().toSorted());
});

for (const entry of swept(PAGES)) {
  test(`${pageName(entry)} holds what every page holds`, async ({ furnished, browserOf }) => {
    const { admin, full, empty } = furnished;
    const context = await browserOf(entry.who === 'person' ? admin : null);
    const page = await context.newPage();
    await watchLayoutShifts(page);
    const errors = collectErrors(page);
    const organisations = entry.path.includes(':tenant') ? { full, empty } : { full };
    for (const [name, names] of Object.entries(organisations)) {
      const path = fillPath(entry, names);
      if (!path) continue;
      await test.step(`${name}, wide`, () => holdsWide(page, path));
      await test.step(`${name}, on a phone`, () => holdsOnAPhone(page, path));
    }
    expect(errors, 'errors in the console').toEqual([]);
  });
}

/** On the own profile everybody may do everything. */
const SHARED = PAGES.filter(({ path }) => path.includes(':tenant') && !path.endsWith('/profile'));
for (const entry of swept(SHARED)) {
  test(`${pageName(entry)} claims nothing that a viewer may not do`, async ({ furnished, browserOf }) => {
    const page = await (await browserOf(furnished.viewer)).newPage();
    const errors = collectErrors(page);
    await page.goto(pathFor(entry, furnished.full));
    await settled(page);
    expect((await usableButtons(page)).filter((name) => !HARMLESS.test(name))).toEqual([]);
    expect(await unexplainedControls(page)).toEqual([]);
    expect(errors, 'errors in the console').toEqual([]);
  });
}

async function holdsWide(page: Page, path: string): Promise<void> {
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, path);
  const { sum, elements } = await layoutShift(page);
  expect.soft(sum, `layout shift: ${elements.join('\n')}`).toBeLessThanOrEqual(0.02);
  expect.soft(await unexplainedControls(page), 'controls that cannot be used and do not say why').toEqual([]);
  expect.soft(await seriousFindings(page), 'axe, light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await seriousFindings(page, 'colours'), 'axe, dark').toEqual([]);
  expect.soft(await walkByTab(page), 'by Tab alone').toEqual({ unreached: [], unseen: [] });
}

async function holdsOnAPhone(page: Page, path: string): Promise<void> {
  await page.setViewportSize(PHONE);
  await open(page, path);
  const { sum, elements } = await layoutShift(page);
  expect.soft(sum, `layout shift at 360 px: ${elements.join('\n')}`).toBeLessThanOrEqual(0.02);
  expect.soft(await sidewaysOverflow(page), 'sideways scrolling at 360 px').toEqual([]);
  expect.soft(await seriousFindings(page), 'axe at 360 px').toEqual([]);
}

async function open(page: Page, path: string): Promise<void> {
  // A fragment alone would not load the page anew.
  await page.goto('about:blank');
  await page.goto(path);
  await settled(page);
}

function pathFor(entry: PageEntry, names: Record<string, string>): string {
  const path = fillPath(entry, names);
  if (!path) throw new Error(`The house has nothing for ${entry.path}.`);
  return path;
}
