import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const alias = [{ find: /^@\//, replacement: root }];
const everywhere = { alias };

/**
 * Three projects, from the fastest to the slowest. `unit` needs nothing; `operations` boots a private PostgreSQL; `n8n`
 * starts real instances. Timeouts end what hangs; a busy machine must not meet them.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: everywhere,
        test: {
          name: 'unit',
          include: ['lib/**/*.test.ts', 'components/**/*.test.{ts,tsx}', 'scripts/**/*.test.{ts,mjs}'],
          exclude: ['**/*.db.test.ts', '**/operations.test.ts', '**/*.n8n.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        resolve: everywhere,
        test: {
          name: 'operations',
          include: ['lib/**/operations.test.ts', '{lib,scripts}/**/*.db.test.ts'],
          globalSetup: ['lib/testing/postgres-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: everywhere,
        test: {
          name: 'n8n',
          include: ['lib/**/*.n8n.test.ts'],
          globalSetup: ['lib/testing/n8n-setup.ts', 'lib/testing/postgres-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
