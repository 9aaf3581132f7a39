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

/** The names of all buttons in the page's content that can be pressed now. */
export function usableButtons(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('#main :is(button, [role=button], input[type=submit])')]
      .filter((element) => element.checkVisibility() && element.getAttribute('aria-disabled') !== 'true')
      .map((element) => element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''),
  );
}
