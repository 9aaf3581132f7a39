import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLeased, takeLease, withLock } from './lease.ts';
import { startTime } from './processes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'n8n-ops-lease-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The id of a process that has been and gone. */
async function deadProcess(): Promise<{ pid: number; started: string }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const pid = child.pid ?? 0;
  const started = startTime(pid);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return { pid, started };
}

describe('a lease', () => {
  it('is the last one only when nobody else holds one', () => {
    const [first, second] = [takeLease(folder), takeLease(folder)];
    expect(first.release()).toEqual({ othersRemain: true });
    expect(second.release()).toEqual({ othersRemain: false });
  });

  it('of a killed process counts for nothing', async () => {
    const { pid, started } = await deadProcess();
    writeFileSync(join(folder, `${pid}-1`), started);
    expect(isLeased(folder)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a killed process whose id is in use again counts for nothing', () => {
    writeFileSync(join(folder, `${process.pid}-1`), 'long ago');
    expect(isLeased(folder)).toBe(false);
  });
});

describe('a lock', () => {
  it('lets one in at a time', async () => {
    const order: string[] = [];
    const enter = (name: string) =>
      withLock(join(folder, 'lock'), async () => {
        order.push(`${name} in`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push(`${name} out`);
      });
    await Promise.all([enter('a'), enter('b')]);
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out']);
  });

  it('whose holder was killed is taken over', async () => {
    const lock = join(folder, 'lock');
    const { pid, started } = await deadProcess();
    writeFileSync(lock, `${pid}\n${started}`);
    utimesSync(lock, new Date(0), new Date(0));
    await expect(withLock(lock, async () => 'entered')).resolves.toBe('entered');
  });

  it('is released when what it guarded fails', async () => {
    mkdirSync(folder, { recursive: true });
    const lock = join(folder, 'lock');
    await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(readdirSync(folder)).toEqual([]);
  });
});
