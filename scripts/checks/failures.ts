// Which tests failed, by the JSON reports of Vitest and Playwright: one line each, and the beginning of the first message.
import { stripVTControlCharacters } from 'node:util';

/** How much of a message is repeated, in characters. */
const EXCERPT = 600;

interface VitestReport {
  testResults: {
    name: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
  }[];
}

/** The failed tests of a Vitest report, and the files that broke outside of any test. */
export function vitestFailures({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && message) return [line(name, message)];
    return failed.map(({ fullName, failureMessages }) => line(`${name} › ${fullName}`, failureMessages?.[0]));
  });
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: {
    file: string;
    title: string;
    tests: { status: string; results: { error?: { message?: string } }[] }[];
  }[];
}

/** The journeys of a Playwright report that failed, or passed only when repeated. */
export function playwrightFailures({ suites = [] }: PlaywrightSuite): string[] {
  return suites.flatMap((suite) => [
    ...(suite.specs ?? []).flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) => line(`${file} › ${title}`, results.find(({ error }) => error)?.error?.message)),
    ),
    ...playwrightFailures(suite),
  ]);
}

function line(name: string, message = ''): string {
  const excerpt = stripVTControlCharacters(message).slice(0, EXCERPT).trim();
  return excerpt ? `${name}\n  ${excerpt.replaceAll('\n', '\n  ')}` : name;
}
