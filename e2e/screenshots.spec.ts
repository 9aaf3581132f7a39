// `npm run screenshots`: every page, light and dark, wide and on a phone, into docs/screenshots/; with `--readme` only
// the one picture that the README shows.
import { join } from 'node:path';
import { root } from '../scripts/root.ts';
import { test } from './house/fixtures.ts';
import { fillPath, PAGES, pageName } from './parts/pages.ts';
import { settled } from './parts/settled.ts';

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const SCHEMES = ['light', 'dark'] as const;
const forReadme = process.env.N8NOPS_README_PICTURE === '1';

for (const entry of forReadme ? [] : PAGES) {
  test(`pictures of ${pageName(entry)}`, async ({ furnished, browserOf }) => {
    const page = await (await browserOf(entry.who === 'person' ? furnished.admin : null)).newPage();
    for (const [organisation, names] of Object.entries({ '': furnished.full, '-empty': furnished.empty })) {
      const path = fillPath(entry, names);
      if (!path || (organisation && !entry.path.includes(':tenant'))) continue;
      for (const colorScheme of SCHEMES) {
        for (const [size, viewport] of Object.entries(SIZES)) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(viewport);
          await page.goto('about:blank');
          await page.goto(path);
          await settled(page);
          const file = `${pageName(entry)}${organisation}-${colorScheme}-${size}.png`;
          await page.screenshot({ path: join(root, 'docs/screenshots', file), fullPage: true, animations: 'disabled' });
        }
      }
    }
  });
}

if (forReadme) {
  test('the picture of the README', async ({ furnished, browserOf }) => {
    const page = await (await browserOf(furnished.admin, { viewport: SIZES.wide, deviceScaleFactor: 2 })).newPage();
    await page.goto(`/t/${furnished.full.tenant}`);
    await settled(page);
    await page.screenshot({ path: join(root, 'docs/images/home.png'), animations: 'disabled' });
  });
}
