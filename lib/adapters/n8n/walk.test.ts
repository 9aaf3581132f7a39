import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EgressError } from '@/lib/adapters/egress';
import { ProviderError } from '@/lib/ports/provider-error';
import { decodeOffset, encodeOffset } from './cursor';
import { collect, type FetchPage, walkKeyset, walkOffsets } from './walk';

type Row = { id: string };
const keyOf = (row: Row) => row.id;
const rowsOf = (count: number): Row[] => Array.from({ length: count }, (_, n) => ({ id: String(n).padStart(5, '0') }));

/** A list as n8n pages it: by offset, ordered by id, over whatever is there when a request's turn comes. */
function serve(
  read: () => Row[],
  onPage: (request: number) => Promise<void> | void = () => {},
): { fetchPage: FetchPage<Row>; requests: () => number } {
  let requests = 0;
  return {
    requests: () => requests,
    async fetchPage({ limit, cursor }) {
      await onPage(++requests);
      const window = cursor ? decodeOffset(cursor)! : { limit, offset: 0 };
      const rows = read();
      const end = window.offset + window.limit;
      return {
        items: rows.slice(window.offset, end),
        nextCursor: end < rows.length ? encodeOffset({ limit: window.limit, offset: end }) : null,
      };
    },
  };
}

describe('a walk over an offset list', () => {
  it('gives every row once with at most one request more than there are pages', async () => {
    for (const count of [0, 1, 2, 9, 10, 11, 250, 1_000]) {
      const { fetchPage, requests } = serve(() => rowsOf(count));
      expect(await collect(walkOffsets({ fetchPage, keyOf, pageSize: 10 }))).toEqual(rowsOf(count));
      // One row of overlap per page.
      expect(requests()).toBeLessThanOrEqual(Math.max(1, Math.ceil(count / 9)));
    }
  });

  it('asks for a page before the one in front of it has come, and for none more, where it knows how many to expect', async () => {
    for (const count of [0, 1, 2, 9, 10, 11, 250, 1_000]) {
      const under = { way: 0, most: 0 };
      const { fetchPage, requests } = serve(() => rowsOf(count));
      const slow: FetchPage<Row> = async (window) => {
        under.most = Math.max(under.most, ++under.way);
        await new Promise(setImmediate);
        under.way -= 1;
        return fetchPage(window);
      };
      const expected = Promise.resolve(count);
      expect(await collect(walkOffsets({ fetchPage: slow, keyOf, pageSize: 10, expected }))).toEqual(rowsOf(count));
      expect(requests()).toBeLessThanOrEqual(Math.max(1, Math.ceil(count / 9)));
      expect(under.most).toBe(count > 10 ? 2 : 1);
    }
  });

  it('never misses a row that exists throughout, whatever is added and deleted between its pages', async () => {
    const change = fc.record({
      page: fc.integer({ min: 1, max: 12 }),
      at: fc.nat(99),
      add: fc.boolean(),
      size: fc.integer({ min: 1, max: 15 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 2, max: 10 }),
        fc.array(change, { maxLength: 6 }),
        // Of pages that are under way at once, either may be read first.
        fc.nat(90),
        fc.array(fc.nat(6), { minLength: 1, maxLength: 6 }),
        async (count, pageSize, changes, expected, delays) => {
          let rows = rowsOf(count);
          const { fetchPage } = serve(
            () => rows,
            async (request) => {
              for (let tick = delays[request % delays.length]!; tick > 0; tick -= 1) await null;
              for (const { at, add, size } of changes.filter(({ page }) => page === request)) {
                const place = at % (rows.length + 1);
                if (!add) rows = rows.toSpliced(place, size);
                else
                  rows = [
                    ...rows,
                    ...rowsOf(size).map(({ id }) => ({ id: `${String(place).padStart(5, '0')}-${request}-${id}` })),
                  ].sort((a, b) => (a.id < b.id ? -1 : 1));
              }
            },
          );
          const seen = new Set<string>();
          let complete: boolean | undefined;
          for await (const page of walkOffsets({ fetchPage, keyOf, pageSize, expected })) {
            for (const { id } of page.items) {
              expect(seen.has(id)).toBe(false);
              seen.add(id);
            }
            complete = page.complete;
          }
          const alive = new Set(rows.map(keyOf));
          const throughout = rowsOf(count)
            .map(keyOf)
            .filter((id) => alive.has(id));
          if (complete) expect(throughout.filter((id) => !seen.has(id))).toEqual([]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('halves its pages when one is too large to take', async () => {
    const rows = rowsOf(60);
    const plain = serve(() => rows);
    const sizes: number[] = [];
    const fetchPage: FetchPage<Row> = async (window) => {
      const { limit } = window.cursor ? decodeOffset(window.cursor)! : window;
      sizes.push(limit);
      if (limit > 12)
        throw new ProviderError('unreadable', 'too large', { cause: new EgressError('too_large', 'too large') });
      return plain.fetchPage({ ...window, limit });
    };
    expect(await collect(walkOffsets({ fetchPage, keyOf, pageSize: 40 }))).toEqual(rows);
    expect(sizes.slice(0, 3)).toEqual([40, 20, 10]);
  });

  it('ends with an error when the same page comes again and again', async () => {
    const same: FetchPage<Row> = async () => ({ items: rowsOf(5), nextCursor: encodeOffset({ limit: 0, offset: 0 }) });
    await expect(collect(walkOffsets({ fetchPage: same, keyOf, pageSize: 5 }))).rejects.toThrow(ProviderError);
  });

  it('follows a cursor of an unknown kind as it is', async () => {
    const pages: Record<string, { items: Row[]; nextCursor: string | null }> = {
      first: { items: rowsOf(2), nextCursor: 'opaque' },
      opaque: { items: [{ id: 'last' }], nextCursor: null },
    };
    const fetchPage: FetchPage<Row> = async ({ cursor }) => pages[cursor ?? 'first']!;
    expect(await collect(walkOffsets({ fetchPage, keyOf, pageSize: 2 }))).toHaveLength(3);
  });
});

it('a walk over a keyset list ends with an error when its cursor does not move', async () => {
  const fetchPage: FetchPage<Row> = async () => ({ items: rowsOf(2), nextCursor: 'again' });
  await expect(collect(walkKeyset({ fetchPage, keyOf, pageSize: 2 }))).rejects.toThrow(ProviderError);
});
