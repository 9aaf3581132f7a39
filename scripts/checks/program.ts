import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../root.ts';
import { installedProgram } from '../run.ts';
import type { Check, Outcome, Tally } from './check.ts';

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
      return { passed: ended.code === 0 ? 1 : 0, failed: ended.code === 0 ? 0 : 1, output: ended.output };
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
    read: ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }),
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
    read: ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }),
  }));
}

interface Reporting {
  program: Program;
  // biome-ignore lint/suspicious/noExplicitAny: a JSON report of another program
  read(report: any): Tally;
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
        const { passed, failed } = read(JSON.parse(readFileSync(file, 'utf8')));
        // A run can break outside of any test: in its set-up, or by an error nobody awaited.
        return { passed, failed: failed === 0 && ended.code !== 0 ? 1 : failed, output: ended.output };
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
