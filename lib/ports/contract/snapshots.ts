import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { MAIN } from '../snapshot-store';
import { ANN, by, committed, files, type SnapshotSubject, textAt } from './snapshot-subject';

/** Dates in a commit have seconds. */
const A_SECOND_LATER_MS = 1_050;

/** What was committed is there, at every moment since. */
export function testSnapshotHistory(subject: SnapshotSubject): void {
  it('a repository without a commit has no head and no history', async () => {
    const store = await subject.store();
    expect(await store.head()).toBeNull();
    expect(await store.log()).toEqual([]);
    expect(await store.at(new Date())).toBeNull();
    await expect(store.readTree(MAIN)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('files are added, changed and deleted in one commit each, and every commit keeps what it held', async () => {
    const store = await subject.store();
    const first = await committed(store, by(null, { 'e/dev/a.json': '{"a":1}\n', 'e/dev/b.json': '{}\n' }));
    const second = await committed(
      store,
      by(first, { 'e/dev/a.json': '{"a":2}\n', 'e/dev/b.json': null, 'c.json': '' }),
    );
    expect(await store.head()).toBe(second);

    expect((await store.readTree(MAIN)).map(({ path }) => path)).toEqual(['c.json', 'e/dev/a.json']);
    expect((await store.readTree(first, 'e/dev')).map(({ path }) => path)).toEqual(['e/dev/a.json', 'e/dev/b.json']);
    expect(await store.readTree(first, 'e/de')).toEqual([]);
    expect([await textAt(store, first, 'e/dev/a.json'), await textAt(store, second, 'e/dev/a.json')]).toEqual([
      '{"a":1}\n',
      '{"a":2}\n',
    ]);
    expect(await textAt(store, second, 'c.json')).toBe('');
    expect(await textAt(store, second, 'e/dev/b.json')).toBeNull();
    expect(await textAt(store, second, 'e/dev')).toBeNull();
  });

  it('a folder can take the place of a file that goes', async () => {
    const store = await subject.store();
    const first = await committed(store, by(null, { a: 'file' }));
    const second = await committed(store, by(first, { a: null, 'a/b': 'inside' }));
    expect((await store.readTree(second)).map(({ path }) => path)).toEqual(['a/b']);
  });

  it('bytes come back as they went in, many files at once', async () => {
    const store = await subject.store();
    const binary = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256);
    const changes = new Map([['bin', binary], ...files({ text: 'ü\r\n\0 missing\n', empty: '' })]);
    const sha = await committed(store, { ...by(null, {}), changes });
    const read = await store.readFiles(sha, ['bin', 'gone', 'text', 'empty', '../bin', 'bin']);
    expect([...read.keys()]).toEqual(['bin', 'text', 'empty']);
    for (const [path, content] of changes) expect(Buffer.from(read.get(path)!).equals(content!)).toBe(true);
  });

  it('equal bytes have equal ids, wherever and whenever they stand', async () => {
    const store = await subject.store();
    const first = await committed(store, by(null, { a: 'same', b: 'same', c: 'other' }));
    const [a, b, c] = await store.readTree(first);
    expect(b!.blobId).toBe(a!.blobId);
    expect(c!.blobId).not.toBe(a!.blobId);
  });

  it('a commit that would change nothing is not made', async () => {
    const store = await subject.store();
    expect(await store.commit(by(null, { gone: null }))).toEqual({ status: 'unchanged', sha: null });
    const sha = await committed(store, by(null, { a: '1' }));
    expect(await store.commit(by(sha, { a: '1', gone: null }))).toEqual({ status: 'unchanged', sha });
    expect(await store.commit(by(sha, {}))).toEqual({ status: 'unchanged', sha });
    expect(await store.log()).toHaveLength(1);
  });

  it('the log tells who, why and what caused it, newest first, page by page, also of one file', async () => {
    const store = await subject.store();
    let head: string | null = null;
    const made: string[] = [];
    for (let n = 1; n <= 5; n++) {
      const trailers = { actor: 'user:1', release: `r-${n}`, deployment: `d-${n}` };
      const changes = { [`f/${n % 2}.json`]: `${n}` };
      head = await committed(store, by(head, changes, { message: `Change ${n}\n\nWhy: it was due`, trailers }));
      made.unshift(head);
    }
    const all = await store.log();
    expect(all.map(({ sha }) => sha)).toEqual(made);
    expect(all[0]).toMatchObject({
      parents: [made[1]],
      author: ANN,
      subject: 'Change 5',
      body: 'Why: it was due',
      trailers: { actor: 'user:1', release: 'r-5', deployment: 'd-5' },
    });
    expect(Math.abs(Date.now() - Date.parse(all[0]!.committedAt))).toBeLessThan(60_000);
    expect((await store.log({ limit: 2 })).map(({ sha }) => sha)).toEqual(made.slice(0, 2));
    expect((await store.log({ limit: 2, before: made[1] })).map(({ sha }) => sha)).toEqual(made.slice(2, 4));
    expect(await store.log({ before: made[4] })).toEqual([]);
    expect((await store.log({ path: 'f/0.json' })).map(({ sha }) => sha)).toEqual([made[1], made[3]]);
    expect((await store.log({ path: 'f/0.json', before: made[1] })).map(({ sha }) => sha)).toEqual([made[3]]);
  });

  it('a difference names the files and what happened to them, within a folder too', async () => {
    const store = await subject.store();
    const first = await committed(store, by(null, { 'e/a': '1', 'e/b': '1', same: '1' }));
    const second = await committed(store, by(first, { 'e/a': '2', 'e/b': null, 'e/c': '1', other: '1' }));
    expect(await store.diff(first, second, { folder: 'e' })).toEqual([
      { path: 'e/a', kind: 'modified' },
      { path: 'e/b', kind: 'deleted' },
      { path: 'e/c', kind: 'added' },
    ]);
    expect(await store.diff(first, second)).toHaveLength(4);
    expect(await store.diff(second, second)).toEqual([]);
    expect((await store.diff(null, first)).map(({ kind }) => kind)).toEqual(['added', 'added', 'added']);
  });

  it('a moment leads to the commit that stood then, a SHA to itself', async () => {
    const store = await subject.store();
    const before = new Date(Date.now() - A_SECOND_LATER_MS);
    const first = await committed(store, by(null, { a: '1' }));
    const { committedAt } = (await store.log())[0]!;
    await sleep(A_SECOND_LATER_MS);
    const second = await committed(store, by(first, { a: '2' }));
    expect(await store.at(before)).toBeNull();
    expect(await store.at(new Date(committedAt))).toBe(first);
    expect(await store.at(new Date())).toBe(second);
    expect(await store.at(new Date(8.64e15))).toBe(second);
    expect(await store.at(first)).toBe(first);
    expect(await store.at('f'.repeat(40))).toBeNull();
  });

  it('branches do not see each other', async () => {
    const store = await subject.store();
    const main = await committed(store, by(null, { a: '1' }));
    const aside = await committed(store, by(null, { b: '1' }, { branch: 'proposals/one' }));
    expect([await store.head(), await store.head('proposals/one')]).toEqual([main, aside]);
    expect(await store.at(aside)).toBeNull();
    expect(await store.at(aside, 'proposals/one')).toBe(aside);
    expect((await store.log({ ref: 'proposals/one' })).map(({ sha }) => sha)).toEqual([aside]);
  });
}
