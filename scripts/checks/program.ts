import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../root.ts';
import { installedProgram } from '../run.ts';
import type { Check, Outcome } from './check.ts';
import { playwrightFailures, vitestFailures } from './failures.ts';

/** How much of a failing program's output the end of a run repeats, in characters. */
const EXCERPT = 1_000;

interface Program {
  name: string;
  args: string[];
  env?: Record<string, string>;
}

/** A check that is one program: it passes when the program ends with 0. */
export function programCheck(name: string, program: Program): Check {
  return {
    name,
    async run(output, signal) {
      const ended = await execute(program, output, signal);
      if (ended.code === 0) return { passed: 1, failed: 0, failures: [], output: ended.output };
      return { passed: 0, failed: 1, failures: [ended.output.slice(-EXCERPT).trim()], output: ended.output };
    },
  };
}

/** The tests of one Vitest project. */
export function vitestCheck(name: string, project: string, env: Record<string, string>): Check {
  return withReport(name, (file) => ({
    program: {
      name: 'vitest',
      args: ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      env,
    },
    read: (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      failures: vitestFailures(report),
    }),
  }));
}

/** Playwright's journeys. One that passed only when repeated has not passed. */
export function playwrightCheck(name: string, args: string[], env: Record<string, string>): Check {
  return withReport(name, (file) => ({
    program: {
      name: 'playwright',
      args: ['test', ...args, '--reporter=list,json'],
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    },
    read: (report) => ({
      passed: report.stats.expected,
      failed: report.stats.unexpected + report.stats.flaky,
      failures: playwrightFailures(report),
    }),
  }));
}

interface Reporting {
  program: Program;
  // biome-ignore lint/suspicious/noExplicitAny: a JSON report of another program
  read(report: any): Omit<Outcome, 'output'>;
}

function withReport(name: string, describe: (file: string) => Reporting): Check {
  return {
    name,
    async run(output, signal) {
      const folder = mkdtempSync(join(tmpdir(), 'n8n-ops-report-'));
      try {
        const file = join(folder, 'report.json');
        const { program, read } = describe(file);
        const ended = await execute(program, output, signal);
        const outcome = read(JSON.parse(readFileSync(file, 'utf8')));
        // A run can break outside of any test: in its set-up, or by an error nobody awaited.
        const failed = outcome.failed === 0 && ended.code !== 0 ? 1 : outcome.failed;
        return { ...outcome, failed, output: ended.output };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

function execute(
  { name, args, env }: Program,
  output: 'inherit' | 'collect',
  signal: AbortSignal,
): Promise<{ code: number } & Pick<Outcome, 'output'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(installedProgram(name), args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: output === 'inherit' ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let collected = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        collected += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: collected }));
  });
}
