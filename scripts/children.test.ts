import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Children } from './children.ts';
import type { Scope } from './command.ts';
import { startTime } from './processes.ts';

let folder: string;
let undos: (() => unknown)[];
let scope: Scope;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'n8n-ops-children-'));
  undos = [];
  scope = { stopping: new AbortController().signal, onEnd: (undo) => undos.push(undo) };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sleeper = ['-e', 'setInterval(() => {}, 1000)'];

it('what a command started ends with it', async () => {
  const child = new Children(folder, scope).start(process.execPath, sleeper, { stdio: 'ignore' });
  await Promise.all(undos.map((undo) => undo()));
  expect(child.signalCode).toBe('SIGTERM');
  expect(readdirSync(join(folder, 'children'))).toEqual([]);
});

it('what a killed command left running is ended by the next one', async () => {
  const program = `
    import { Children } from ${JSON.stringify(join(import.meta.dirname, 'children.ts'))};
    const children = new Children(${JSON.stringify(folder)}, { onEnd() {} });
    console.log(children.start(process.execPath, ${JSON.stringify(sleeper)}, { stdio: 'ignore' }).pid);
    setInterval(() => {}, 1000);`;
  const command = spawn(process.execPath, ['--input-type=module-typescript', '-e', program]);
  const [line] = await once(command.stdout, 'data');
  const orphan = Number(line);
  command.kill('SIGKILL');
  await once(command, 'exit');
  expect(startTime(orphan)).not.toBe('');

  await new Children(folder, scope).endOrphans();
  expect(startTime(orphan)).toBe('');
  expect(readdirSync(join(folder, 'children'))).toEqual([]);
});

it('what a living command started is left alone', async () => {
  const child = new Children(folder, scope).start(process.execPath, sleeper, { stdio: 'ignore' });
  await new Children(folder, scope).endOrphans();
  expect(child.exitCode).toBeNull();
  expect(startTime(child.pid ?? 0)).not.toBe('');
  await Promise.all(undos.map((undo) => undo()));
});
