import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { PLANTED } from '../scripts/app/planted.ts';
import { root } from '../scripts/root.ts';
import { test } from './house/fixtures.ts';
import type { Furnished } from './house/furnish.ts';
import { house } from './house/house.ts';
import { joinByInvitation } from './house/person.ts';
import { fillPath, PAGES } from './parts/pages.ts';

/** The document, and what a link within the application fetches. */
const KINDS: Record<string, string>[] = [{ accept: 'text/html' }, { rsc: '1' }];

test('no file that browsers load holds a secret', ({ furnished }) => {
  const files = globSync(['.next/static/**/*.*', '.next/server/app/**/*.{html,rsc,body}', 'public/**/*.*'], {
    cwd: root,
  });
  const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'latin1')]));
  // A word that is shown, so that an empty folder is not taken for a clean one.
  expect([...texts.values()].some((text) => text.includes('Test the connection'))).toBe(true);
  expect(leaks(texts, { ...PLANTED, ...secretsOf(furnished) })).toEqual([]);
});

/** Each page asks a dozen things: one person may open so many pages within a minute, twice. */
const PAGES_OF_ONE = 15;

test('no page, as it is served to an admin, holds a secret', async ({ furnished, browserOf }) => {
  const texts = new Map<string, string>();
  for (let start = 0; start < PAGES.length; start += PAGES_OF_ONE) {
    const name = `Reader ${start}`;
    const person = { name, email: `reader-${start}@shop.example`, role: 'admin' };
    const { request } = await browserOf(await joinByInvitation(furnished.apiKey, person));
    for (const page of PAGES.slice(start, start + PAGES_OF_ONE)) {
      const path = fillPath(page, furnished.full);
      if (!path) continue;
      for (const headers of KINDS) {
        const answer = await request.get(path, { headers });
        expect(answer.status(), path).not.toBe(500);
        texts.set(`${path} ${Object.keys(headers)}`, await answer.text());
      }
    }
  }
  expect([...texts.values()].some((text) => text.includes('Receive an order'))).toBe(true);
  expect(leaks(texts, secretsOf(furnished))).toEqual([]);
});

/** What this run's house keeps to itself, by name. */
function secretsOf({ admin, apiKey }: Furnished): Record<string, string> {
  const { adminEnv, n8n } = house();
  const [dev, production] = n8n;
  const session = admin.state as { cookies: { name: string; value: string }[] };
  const cookie = session.cookies.find(({ name }) => name.endsWith('n8nops-session'));
  const databaseUrl = adminEnv.EMBEDDED_DATABASE_URL ?? '';
  return {
    'n8n key of development': dev.apiKey,
    'n8n key of production': production.apiKey,
    'session secret': adminEnv.SESSION_SECRET ?? '',
    'master key': adminEnv.MASTER_KEY ?? '',
    'cron secret': adminEnv.CRON_SECRET ?? '',
    'database address': databaseUrl,
    'database password': new URL(databaseUrl).password,
    password: admin.password,
    'API key': apiKey,
    session: cookie?.value ?? '',
  };
}

function leaks(texts: ReadonlyMap<string, string>, secrets: Record<string, string>): string[] {
  for (const [name, secret] of Object.entries(secrets)) expect(secret.length, name).toBeGreaterThan(11);
  return Object.entries(secrets).flatMap(([name, secret]) =>
    [...texts].filter(([, text]) => text.includes(secret)).map(([place]) => `${place}: ${name}`),
  );
}
