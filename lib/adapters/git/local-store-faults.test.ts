import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { by, committed, textAt } from '@/lib/ports/contract/snapshot-subject';
import type { SnapshotStore } from '@/lib/ports/snapshot-store';
import { createLocalStore } from '.';

vi.setConfig({ testTimeout: 60_000 });
const searchPath = process.env.PATH!;
const base = mkdtempSync(join(tmpdir(), 'n8n-ops-test-git-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let folder: string;
let repository: string;
let tenantId: string;
let store: SnapshotStore;
beforeEach(() => {
  folder = mkdtempSync(join(base, 'data-'));
  tenantId = randomUUID();
  repository = join(folder, `${tenantId}.git`);
  store = createLocalStore({ folder, searchPath }).forTenant(tenantId);
});

const git = (...args: string[]) =>
  execFileSync('git', ['-C', repository, '-c', 'core.hooksPath=/dev/null', ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  });

const realGit = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

/** A search path on which one of git's commands is done by other shell words, with git itself as `$git`. */
function pathWhere(command: string, words: string): string {
  const bin = mkdtempSync(join(base, 'bin-'));
  const script = `#!/bin/sh\ngit=${realGit}\nif [ "$1" = ${command} ]; then\n${words}\nfi\nexec $git "$@"\n`;
  writeFileSync(join(bin, 'git'), script, { mode: 0o755 });
  return `${bin}:${searchPath}`;
}

const DIE = 'kill -9 $$';
const dyingGit = (command: string, moment: 'begin' | 'middle' | 'end') =>
  pathWhere(command, { begin: DIE, middle: `head -c 300 | $git "$@"; ${DIE}`, end: `$git "$@"; ${DIE}` }[moment]);

describe('a writer that dies', () => {
  it.each([
    ['before it wrote', 'fast-import', 'begin'],
    ['while it wrote', 'fast-import', 'middle'],
    ['when all is written and nothing points to it', 'fast-import', 'end'],
    ['before the branch moves', 'update-ref', 'begin'],
  ] as const)('%s leaves the state of before, sound, and the next writer goes on', async (_, command, moment) => {
    const before = await committed(store, by(null, { a: '1' }));
    const dying = createLocalStore({ folder, searchPath: dyingGit(command, moment) }).forTenant(tenantId);
    await expect(dying.commit(by(before, { a: '2', b: 'x'.repeat(500) }))).rejects.toMatchObject({ kind: 'upstream' });
    expect(await store.head()).toBe(before);
    git('fsck', '--strict');
    expect(git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main\n');
    await committed(store, by(before, { a: '3' }));
  });

  it('after the branch moved has committed, and is told so', async () => {
    const before = await committed(store, by(null, { a: '1' }));
    const dying = createLocalStore({ folder, searchPath: dyingGit('update-ref', 'end') }).forTenant(tenantId);
    const after = await committed(dying, by(before, { a: '2' }));
    expect(await textAt(store, after, 'a')).toBe('2');
    expect(await store.head()).toBe(after);
  });

  it('while it made the repository leaves none, and the next writer makes it', async () => {
    const dying = createLocalStore({ folder, searchPath: dyingGit('init', 'end') }).forTenant(tenantId);
    await expect(dying.commit(by(null, { a: '1' }))).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(readdirSync(folder)).toEqual([]);
    await committed(store, by(null, { a: '1' }));
  });
});

describe('a lock', () => {
  it.each(['refs/heads/main.lock', 'HEAD.lock'])(
    'left by a killed process does not stand in the way: %s',
    async (name) => {
      const head = await committed(store, by(null, { a: '1' }));
      const lock = join(repository, name);
      writeFileSync(lock, '');
      utimesSync(lock, new Date(0), new Date(0));
      await committed(store, by(head, { a: '2' }));
    },
  );

  it('that somebody holds now is respected, and said', async () => {
    const head = await committed(store, by(null, { a: '1' }));
    writeFileSync(join(repository, 'refs/heads/main.lock'), '');
    await expect(store.commit(by(head, { a: '2' }))).rejects.toMatchObject({ code: 'store_busy', status: 503 });
    expect(await store.head()).toBe(head);
  });
});

describe('the machine', () => {
  it('has no say: hooks, replaced objects and the configuration of repository and account are ignored', async () => {
    const head = await committed(store, by(null, { a: '1' }));
    mkdirSync(join(repository, 'hooks'), { recursive: true });
    writeFileSync(join(repository, 'hooks/reference-transaction'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    git('config', 'log.showSignature', 'true');
    git('config', 'core.quotePath', 'true');
    const second = await committed(store, by(head, { a: '2' }));
    git('replace', second, head);
    expect(await textAt(store, 'main', 'a')).toBe('2');
    expect((await store.log()).map(({ sha }) => sha)).toEqual([second, head]);
  });

  it('without git is told what to do', async () => {
    const bare = createLocalStore({ folder, searchPath: base });
    const detail = 'git is not installed on the server; install it and try again.';
    expect(await bare.check()).toEqual({ ok: false, detail });
    await expect(bare.forTenant(tenantId).commit(by(null, { a: '1' }))).rejects.toMatchObject({ message: detail });
  });

  it('with a folder that is none is told so, and a usable one says which git it is', async () => {
    const file = join(base, 'file');
    writeFileSync(file, '');
    expect(await createLocalStore({ folder: file, searchPath }).check()).toMatchObject({ ok: false });
    expect(await createLocalStore({ folder, searchPath }).check()).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/git version \d/),
    });
  });

  it('that broke an object is told so, in words without a path of the machine', async () => {
    const head = await committed(store, by(null, { a: '1' }));
    const { blobId } = (await store.readTree(head))[0]!;
    rmSync(join(repository, 'objects', blobId.slice(0, 2), blobId.slice(2)));
    const refusal = await store.readFiles(head, ['a']).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'store_damaged', transient: false });
    expect(refusal.message).not.toContain(folder);
  });
});

it('what others pushed is read whatever it is called, and links are no files', async () => {
  const head = await committed(store, by(null, { a: '1' }));
  const blob = git('rev-parse', `${head}:a`).trim();
  const env = { ...process.env, GIT_INDEX_FILE: join(base, 'index') };
  const odd = ['100644 blob', '120000 link', '100755 Ordner/ü "x".json', '100644 -n'];
  for (const entry of odd) {
    const [mode, path] = [entry.slice(0, 6), entry.slice(7)];
    execFileSync('git', ['-C', repository, 'update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`], { env });
  }
  const tree = execFileSync('git', ['-C', repository, 'write-tree'], { env, encoding: 'utf8' }).trim();
  const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.test'];
  const sha = git(...identity, 'commit-tree', tree, '-m', 'By hand').trim();
  const paths = ['-n', 'Ordner/ü "x".json', 'blob'];
  expect((await store.readTree(sha)).map(({ path }) => path)).toEqual(paths);
  expect([...(await store.readFiles(sha, paths)).keys()]).toEqual(paths);
  expect((await store.diff(null, sha)).map(({ path }) => path)).toEqual(expect.arrayContaining(paths));
});

it('a call that is given up on the way ends, and what was to be written is not there', async () => {
  const head = await committed(store, by(null, { a: '1' }));
  const slow = createLocalStore({ folder, searchPath: pathWhere('fast-import', 'exec sleep 30') }).forTenant(tenantId);
  const reason = new Error('given up');
  const given = new AbortController();
  setTimeout(() => given.abort(reason), 200);
  await expect(slow.commit(by(head, { a: '2' }), { signal: given.signal })).rejects.toBe(reason);
  expect(await store.head()).toBe(head);
});

it('only a tenant’s id names a repository', () => {
  for (const id of ['', '..', '../x', 'a/b', `${randomUUID()}/..`]) {
    expect(() => createLocalStore({ folder, searchPath }).forTenant(id), id).toThrow();
  }
});
