import { type BrowserContext, type BrowserContextOptions, test as base } from '@playwright/test';
import { type Furnished, furnish } from './furnish.ts';
import { house } from './house.ts';
import type { SignedIn } from './person.ts';

interface Fixtures {
  /** A browser of its own for somebody, or for nobody; closed after the test. */
  browserOf(person: SignedIn | null, options?: BrowserContextOptions): Promise<BrowserContext>;
}

/** Playwright's `test` with the furnished house. */
export const test = base.extend<Fixtures, { furnished: Furnished }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
  furnished: [async ({}, use) => use(await furnish()), { scope: 'worker', timeout: 180_000 }],

  async browserOf({ browser }, use) {
    const contexts: BrowserContext[] = [];
    await use(async (person, options) => {
      const context = await browser.newContext({
        baseURL: house().origin,
        storageState: person?.state,
        ...options,
      });
      contexts.push(context);
      return context;
    });
    for (const context of contexts) await context.close();
  },
});
