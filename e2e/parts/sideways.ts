import type { Page } from '@playwright/test';

/** What reaches beyond the right edge of a page that can be scrolled sideways; empty when it cannot. */
export function sidewaysOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    return [
      `${scrollWidth} px in ${clientWidth}`,
      ...beyond.slice(0, 8).map((element) => element.outerHTML.slice(0, 160)),
    ];
  });
}
