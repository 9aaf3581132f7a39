import { expect, test } from 'vitest';
import { playwrightFailures, vitestFailures } from './failures.ts';

test('what failed is named with the beginning of its message, and what passed is not', () => {
  const report = {
    testResults: [
      {
        name: 'lib/a.test.ts',
        assertionResults: [
          { status: 'passed', fullName: 'holds', failureMessages: [] },
          {
            status: 'failed',
            fullName: 'nothing is lost',
            failureMessages: ['\u001b[31mexpected 1\nreceived 2\u001b[39m'],
          },
        ],
      },
    ],
  };
  expect(vitestFailures(report)).toEqual(['lib/a.test.ts › nothing is lost\n  expected 1\n  received 2']);
});

test('a file that broke outside of any test is named too', () => {
  const report = { testResults: [{ name: 'lib/b.test.ts', message: 'Cannot find module', assertionResults: [] }] };
  expect(vitestFailures(report)).toEqual(['lib/b.test.ts\n  Cannot find module']);
});

test('a journey that failed or passed only when repeated is named, however deep it is grouped', () => {
  const journey = (title: string, status: string, message?: string) => ({
    file: 'pages.spec.ts',
    title,
    tests: [{ status, results: [{ error: message === undefined ? undefined : { message } }] }],
  });
  const report = {
    suites: [
      { specs: [journey('opens', 'expected')], suites: [{ specs: [journey('saves', 'unexpected', 'Timed out')] }] },
      { specs: [journey('reloads', 'flaky', 'Gone')] },
    ],
  };
  expect(playwrightFailures(report)).toEqual(['pages.spec.ts › saves\n  Timed out', 'pages.spec.ts › reloads\n  Gone']);
});
