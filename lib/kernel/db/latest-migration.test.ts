import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LATEST_MIGRATION } from './latest-migration';

test('readiness asks for the newest migration there is', () => {
  const folder = join(import.meta.dirname, '../../../prisma/migrations');
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(
    names
      .map(({ name }) => name)
      .sort()
      .at(-1),
  ).toBe(LATEST_MIGRATION);
});
