import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundlePrograms } from '@/scripts/app/bundle';
import { createLocalStore } from '.';

const KILLS = 6;
/** Longer than a busy machine holds a lock, shorter than anybody wants to wait for a test. */
const STALE_AFTER_MS = 3_000;
const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'n8n-ops-test-git-'));
const tenantId = randomUUID();
const said = new Set<string>();
const writers = new Set<ChildProcess>();

beforeAll(() => bundlePrograms({ 'snapshot-writer': 'lib/testing/chaos/snapshot-writer.ts' }, 'dist/testing'), 60_000);
afterAll(() => {
  for (const writer of writers) end(writer);
  rmSync(folder, { recursive: true, force: true });
});

function startWriter(name: string): ChildProcess {
  const program = join(root, 'dist/testing/snapshot-writer.mjs');
  const args = [program, folder, tenantId, name, String(STALE_AFTER_MS)];
  // A group of its own, so that its gits die with it, wherever they are.
  const writer = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  writers.add(writer);
  let rest = '';
  writer.stdout!.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop()!;
    for (const line of lines) said.add(line);
  });
  return writer;
}

function end(writer: ChildProcess): void {
  writers.delete(writer);
  process.kill(-writer.pid!, 'SIGKILL');
}

it('processes that write together and are killed anywhere lose no commit they spoke of, and leave a sound repository', async () => {
  const survivor = startWriter('survivor');
  for (let kill = 0; kill < KILLS; kill += 1) {
    const victim = startWriter(`victim-${kill}`);
    await once(victim.stdout!, 'data');
    await sleep(Math.random() * 400);
    const gone = once(victim, 'close');
    end(victim);
    await gone;
  }
  const gone = once(survivor, 'close');
  end(survivor);
  await gone;

  const repository = join(folder, `${tenantId}.git`);
  execFileSync('git', ['-C', repository, 'fsck', '--strict', '--no-dangling'], { stdio: 'pipe' });
  const store = createLocalStore({ folder, searchPath: process.env.PATH! }).forTenant(tenantId);
  const log = await store.log({ limit: 1_000 });
  const shas = new Set(log.map(({ sha }) => sha));
  expect(said.size).toBeGreaterThanOrEqual(KILLS);
  expect([...said].filter((sha) => !shas.has(sha))).toEqual([]);
  expect(log.every(({ parents }) => parents.length <= 1)).toBe(true);
  const texts = await store.readFiles(
    'main',
    log.map(({ subject }) => `writers/${subject.replace(' ', '/')}`),
  );
  expect([...texts.values()].map(String).sort()).toEqual(log.map(({ subject }) => subject).sort());
}, 120_000);
