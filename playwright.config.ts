import { defineConfig } from '@playwright/test';

/**
 * Real Chromium on the built application, its worker, an embedded PostgreSQL and two real n8n, started once per run by
 * `e2e/house/main.ts`. Files run one after the other in alphabetical order: what they share is one installation.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 2_400_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env.PLAYWRIGHT_CHROMIUM || undefined,
      // Chromium's sandbox refuses to run as root, which is who containers often are.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'journeys', testMatch: '*.spec.ts', testIgnore: 'screenshots.spec.ts' },
    { name: 'screenshots', testMatch: 'screenshots.spec.ts' },
  ],
  webServer: {
    name: 'house',
    command: `"${process.execPath}" e2e/house/main.ts`,
    // The named group becomes an environment variable that every worker inherits.
    wait: { stdout: /^house (?<n8nops_house>\{.*\})$/m },
    timeout: 420_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 45_000 },
  },
});
