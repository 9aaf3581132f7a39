import { expect, type Page } from '@playwright/test';

/** Waits until a page has everything it is going to show: data instead of skeletons, its fonts, its live stream. */
export async function settled(page: Page): Promise<void> {
  // While a page is streamed in, what replaces its skeleton stands beside it for a moment.
  await expect(page.locator('#main')).toHaveCount(1);
  // What the kit exhibits as loading stays so.
  await expect(page.locator('[class*="animate-pulse"]:not([data-exhibit] *):visible')).toHaveCount(0);
  const live = page.locator('header').getByText('Reconnecting');
  await expect(live).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
