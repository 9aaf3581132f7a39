import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules whose verdict another theme can change. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe calls serious or critical on a page as it stands, one line per rule; `colours`: of its colours alone. */
export async function seriousFindings(page: Page, only?: 'colours'): Promise<string[]> {
  await transitionsEnd(page);
  const axe = new AxeBuilder({ page });
  const { violations } = await (only ? axe.withRules(COLOUR_RULES) : axe.withTags(TAGS)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html.slice(0, 200)}\n  ${failureSummary?.replaceAll('\n', ' ')}`).join('\n')}`,
    );
}

/** A colour on its way from one theme to the other is none of either. */
const transitionsEnd = (page: Page) =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition)
        .map(({ finished }) => finished),
    ).then(() => undefined),
  );
