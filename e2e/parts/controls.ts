import type { Page } from '@playwright/test';

/** Controls that cannot be used and do not say why. One that is busy says so itself. */
export function unexplainedControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const explained = (element: Element) =>
      (element.getAttribute('aria-describedby') ?? '')
        .split(/\s+/)
        .some((id) => document.getElementById(id)?.textContent?.trim());
    return [...document.querySelectorAll('[aria-disabled="true"], :disabled')]
      .filter((element) => element.checkVisibility() && !element.closest('[inert], [aria-busy="true"]'))
      .filter((element) => !explained(element))
      .map((element) => element.outerHTML.slice(0, 200));
  });
}

/**
 * The names of all buttons in the page's content that can be pressed now, tabs and sorting headers apart; a menu counts
 * as what it offers.
 */
export async function usableButtons(page: Page): Promise<string[]> {
  const names = await page.evaluate(() =>
    [...document.querySelectorAll('#main :is(button, [role=button], input[type=submit])')]
      .filter((element) => element.checkVisibility() && element.getAttribute('aria-disabled') !== 'true')
      .filter((element) => !element.matches('[role=tab], [aria-haspopup=menu], [role=columnheader] *, th *'))
      .map((element) => element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''),
  );
  const menus = page.locator('#main [aria-haspopup=menu]:not([aria-disabled=true])').filter({ visible: true });
  for (let index = 0; index < (await menus.count()); index += 1) {
    await menus.nth(index).click();
    await page.getByRole('menu').waitFor();
    const items = page.locator('[role=menuitem]:not([aria-disabled=true]):not(a)');
    names.push(...(await items.allInnerTexts()));
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
  }
  return names;
}
