import { expect, it } from 'vitest';
import { MAX_CHANGES, MAX_FILE_BYTES } from '../snapshot-changes';
import { by, committed, type SnapshotSubject } from './snapshot-subject';

const HOSTILE_PATHS = [
  '',
  '/',
  '/etc/passwd',
  '..',
  '../a',
  'a/../b',
  './a',
  'a/.',
  'a//b',
  'a/',
  '.git/config',
  'a/.git/hooks/x',
  '.GIT',
  'git~1/../x',
  '.g\u200cit/x',
  'a\0b',
  'a\nb',
  'a\tb',
  'a\\b',
  'c:\\x',
  'c:x',
  '-rf',
  'A.json',
  'a/B',
  'straße',
  'e\u0301',
  ' a',
  'a ',
  'a.',
  'a/b./c',
  '.gitmodules',
  '.gitattributes',
  ':(glob)*',
  '*',
  'a'.repeat(200),
  `${'a/'.repeat(300)}a`,
];

/** What is hostile or too large is refused before anything is written. */
export function testSnapshotRefusals(subject: SnapshotSubject): void {
  it('a path that leaves the repository, hides in git or depends on case is refused, beside good ones too', async () => {
    const store = await subject.store();
    for (const path of HOSTILE_PATHS) {
      const refusal = await store.commit(by(null, { good: '1', [path]: 'x' })).catch((error) => error);
      expect(refusal, JSON.stringify(path)).toMatchObject({ kind: 'invalid', code: 'path_refused' });
    }
    expect(await store.head()).toBeNull();
  });

  it('a hostile path names nothing when it is read', async () => {
    const store = await subject.store();
    const sha = await committed(store, by(null, { 'a/b': '1' }));
    expect([...(await store.readFiles(sha, HOSTILE_PATHS)).keys()]).toEqual([]);
    await expect(store.readTree(sha, '../a')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(store.log({ path: '../a' })).rejects.toMatchObject({ kind: 'invalid' });
    expect(await store.log({ path: '*' })).toEqual([]);
  });

  it('a file cannot take a folder’s place, nor a folder a file’s', async () => {
    const store = await subject.store();
    const sha = await committed(store, by(null, { 'a/b': '1', c: '1' }));
    const clashes: Record<string, string>[] = [{ a: 'x' }, { 'c/d': 'x' }, { x: 'x', 'x/y': 'x' }];
    for (const texts of clashes) {
      await expect(store.commit(by(sha, texts))).rejects.toMatchObject({ code: 'path_refused' });
    }
    expect(await store.head()).toBe(sha);
  });

  it('what is not a branch or a commit is refused, an option above all', async () => {
    const store = await subject.store();
    await committed(store, by(null, { a: '1' }));
    for (const name of [
      '',
      '--all',
      '-n1',
      'a..b',
      'main.lock',
      'a b',
      'a~1',
      'a^',
      'a:b',
      '@{u}',
      'a//b',
      '/a',
      'a/',
    ]) {
      await expect(store.head(name), name).rejects.toMatchObject({ kind: 'invalid' });
      await expect(store.readTree(name), name).rejects.toMatchObject({ kind: 'invalid' });
      await expect(store.commit(by(null, { a: '2' }, { branch: name })), name).rejects.toMatchObject({
        kind: 'invalid',
      });
    }
    for (const ref of ['f'.repeat(40), 'nowhere', (await store.readTree('main'))[0]!.blobId]) {
      await expect(store.readTree(ref), ref).rejects.toMatchObject({ kind: 'not_found' });
      await expect(store.diff(ref, 'main'), ref).rejects.toMatchObject({ kind: 'not_found' });
    }
  });

  it('files and commits have a size', async () => {
    const store = await subject.store();
    const changes = new Map([['big', new Uint8Array(MAX_FILE_BYTES + 1)]]);
    const tooLarge = { kind: 'invalid', code: 'too_large', status: 413 };
    await expect(store.commit({ ...by(null, {}), changes })).rejects.toMatchObject(tooLarge);
    const many = new Map(Array.from({ length: MAX_CHANGES + 1 }, (_, n) => [`f${n}`, null]));
    await expect(store.commit({ ...by(null, {}), changes: many })).rejects.toMatchObject(tooLarge);
    expect(await store.head()).toBeNull();
  });

  it('what people type into names and messages forges neither author nor trailers', async () => {
    const store = await subject.store();
    const author = { name: 'Eve <root@example.test>\nauthor X', email: 'eve@example.test>\n' };
    const message = 'Innocent\0\r\n\r\nRelease: forged\nActor: user:admin';
    const first = await committed(
      store,
      by(null, { a: '1' }, { author, message, trailers: { actor: 'user:7\nRelease: x' } }),
    );
    await committed(store, by(first, { a: '2' }, { author: { name: '.;<>', email: '' }, message: '' }));
    const [second, entry] = await store.log();
    expect(entry).toMatchObject({
      author: { name: 'Eve root@example.test author X', email: 'eve@example.test' },
      subject: 'Innocent',
      trailers: { actor: 'user:7 Release: x' },
    });
    expect(entry!.trailers.release).toBeUndefined();
    expect(second).toMatchObject({ author: { name: 'Unknown' }, subject: 'Change', trailers: { actor: 'user:1' } });
  });

  it('a call that was given up rejects with the caller’s reason and writes nothing', async () => {
    const store = await subject.store();
    const reason = new Error('given up');
    const call = { signal: AbortSignal.abort(reason) };
    await expect(store.commit(by(null, { a: '1' }), call)).rejects.toBe(reason);
    const sha = await committed(store, by(null, { a: '1' }));
    await expect(store.readTree(sha, undefined, call)).rejects.toBe(reason);
    expect(await store.log()).toHaveLength(1);
  });
}
