import { expect, it } from 'vitest';
import { commitOnHead } from '../commit-on-head';
import { SnapshotConflict } from '../snapshot-failure';
import { MAIN } from '../snapshot-store';
import { by, committed, files, type SnapshotSubject, textAt } from './snapshot-subject';

const WRITERS = 8;
const WORKFLOWS = 300;

/** Writers that meet lose nothing, and large commits are ordinary. */
export function testSnapshotWriters(subject: SnapshotSubject): void {
  it('a writer whose head has moved changes nothing and is told which head there is', async () => {
    const store = await subject.store();
    const first = await committed(store, by(null, { a: '1' }));
    const second = await committed(store, by(first, { a: '2' }));
    for (const expected of [first, null, 'f'.repeat(40)]) {
      const refusal = await store.commit(by(expected, { a: '3' })).catch((error) => error);
      expect(refusal).toBeInstanceOf(SnapshotConflict);
      expect(refusal).toMatchObject({ code: 'head_moved', expectedHead: expected, actualHead: second });
    }
    // What it wanted stands already, and yet it decided on something else.
    await expect(store.commit(by(first, { a: '2' }))).rejects.toBeInstanceOf(SnapshotConflict);
    expect(await store.head()).toBe(second);
  });

  it('eight writers at once, the first commit included, lose no word of each other', async () => {
    const open = await subject.harness.newRepository();
    const write = async (writer: number) => {
      const store = open();
      return commitOnHead(store, async (head) => {
        const list = head && (await textAt(store, head, 'list'));
        const changes = files({ list: `${list ?? ''}${writer}\n`, [`own/${writer}`]: 'mine' });
        return {
          changes,
          author: { name: `Writer ${writer}`, email: 'w@example.test' },
          message: 'Write',
          trailers: { actor: `user:${writer}` },
        };
      });
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));

    const store = open();
    const words = (await textAt(store, MAIN, 'list'))!.trim().split('\n');
    expect(words.sort()).toEqual(Array.from({ length: WRITERS }, (_, writer) => String(writer)));
    expect(await store.readTree(MAIN, 'own')).toHaveLength(WRITERS);
    const log = await store.log();
    expect(log).toHaveLength(WRITERS);
    expect(log.every(({ parents }) => parents.length <= 1)).toBe(true);
    for (const { author, trailers } of log) expect(author.name).toBe(`Writer ${trailers.actor!.slice(5)}`);
  });

  it('a writer that is never first gives up with the conflict, and one that finds nothing to do writes nothing', async () => {
    const store = await subject.store();
    let times = 0;
    const overtaken = commitOnHead(
      store,
      async (head) => {
        times += 1;
        await committed(store, by(head, { other: `${times}` }));
        return by(head, { mine: '1' });
      },
      { attempts: 2 },
    );
    await expect(overtaken).rejects.toBeInstanceOf(SnapshotConflict);
    expect(times).toBe(2);
    const sha = await store.head();
    expect(await commitOnHead(store, async () => null)).toEqual({ status: 'unchanged', sha });
  });

  it(`${WORKFLOWS} workflows are one commit, and of these only the changed ones are written again`, async () => {
    const store = await subject.store();
    const body = JSON.stringify({ nodes: Array.from({ length: 60 }, (_, n) => ({ name: `Node ${n}`, at: [n, n] })) });
    const texts = Object.fromEntries(
      Array.from({ length: WORKFLOWS }, (_, n) => [`environments/dev/workflows/w-${n}.json`, `${body}${n}`]),
    );
    const first = await committed(store, by(null, texts));
    expect(await store.readTree(first, 'environments/dev')).toHaveLength(WORKFLOWS);
    const read = await store.readFiles(first, Object.keys(texts));
    expect([...read].every(([path, bytes]) => Buffer.from(bytes).toString() === texts[path])).toBe(true);
    const edited = Object.fromEntries(
      Object.entries(texts).map(([path, text], n) => [path, n % 30 ? text : `${text}!`]),
    );
    const second = await committed(store, by(first, edited));
    expect(await store.diff(first, second)).toHaveLength(WORKFLOWS / 30);
  });
}
