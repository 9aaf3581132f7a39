import { EgressError } from '@/lib/adapters/egress';
import { ProviderError } from '@/lib/ports/provider-error';
import type { ListPage } from '@/lib/ports/workflow-provider';
import { decodeOffset, encodeOffset } from './cursor';

export type Page<T> = { items: T[]; nextCursor: string | null };
export type FetchPage<T> = (window: { limit: number; cursor?: string }) => Promise<Page<T>>;

type Walk<T> = { fetchPage: FetchPage<T>; keyOf: (item: T) => string; pageSize: number };
/** `expected`: how many rows there may be. A guess: a wrong one costs a request, or the time of waiting for one. */
type OffsetWalk<T> = Walk<T> & { expected?: number | Promise<number> };

const MAX_STEPS_BACK = 20;
/** Pages without a new row in a row: fewer when they are all the same, since then nothing is moving. */
const MAX_STALE_PAGES = 100;
const MAX_SAME_PAGES = 3;
const SMALLEST_PAGE = 5;

/**
 * Walks one of n8n's offset lists so that a row which exists throughout is never missed, although rows before it
 * come and go meanwhile. The list is ordered, so one thing suffices: **every page must begin with a row that was
 * already seen**. Pages overlap by one row to make that so; when rows were deleted before it, the page begins with
 * an unseen one, and the walk steps back until it meets known ground again. That holds whichever of two pages was read
 * first, so the next one may be asked for before this one has arrived.
 */
export async function* walkOffsets<T>({
  fetchPage,
  keyOf,
  pageSize,
  expected = 0,
}: OffsetWalk<T>): AsyncGenerator<ListPage<T>> {
  const fetchAt = oneAhead(fetchPage, expected);
  const seen = new Set<string>();
  const expectProgress = progressGuard();
  let place: Place = { limit: pageSize, offset: 0 };
  let [requests, stepsBack] = [0, 0];

  for (;;) {
    requests++;
    const page = await fetchUnlessTooLarge(fetchAt, place);
    if (page === null) {
      place = placeAt(Math.max(SMALLEST_PAGE, Math.floor(place.limit / 2)), place.offset);
      continue;
    }
    const [first] = page.items;
    const anchored = place.offset === 0 || (first !== undefined && seen.has(keyOf(first)));
    if (!anchored && stepsBack < MAX_STEPS_BACK) {
      place = placeAt(place.limit, Math.max(0, place.offset - place.limit * 2 ** Math.min(stepsBack++, 4)));
      continue;
    }
    const items = unseen(page.items, keyOf, seen);
    expectProgress(page.items.map(keyOf).join(), items.length);
    if (page.nextCursor === null) {
      yield { items, seen: seen.size, requests, complete: stepsBack < MAX_STEPS_BACK };
      return;
    }
    yield { items, seen: seen.size, requests };
    place = placeAfter(page.items.length, page.nextCursor, place);
  }
}

/** Where a page begins; without a cursor it is the first. */
type Place = { limit: number; offset: number; cursor?: string };

const placeAt = (limit: number, offset: number): Place => ({ limit, offset, cursor: encodeOffset({ limit, offset }) });

/** One row of overlap where the cursor is an offset; an unknown cursor is followed as it is. */
function placeAfter(rows: number, nextCursor: string, { limit, offset }: Place): Place {
  if (!decodeOffset(nextCursor)) return { limit, offset: 0, cursor: nextCursor };
  return placeAt(limit, offset + Math.max(1, rows - 1));
}

type FetchAt<T> = (place: Place) => Promise<Page<T>>;

/** Asks for the page behind a place before its turn while the list should reach further: the instance never idles. */
function oneAhead<T>(fetchPage: FetchPage<T>, expected: number | Promise<number>): FetchAt<T> {
  const fetchAt: FetchAt<T> = ({ limit, cursor }) => fetchPage({ limit, cursor });
  const size = Promise.resolve(expected).catch(() => 0);
  let early: { cursor?: string; page: Promise<Page<T> | null> } | undefined;
  return (place) => {
    const { limit, offset, cursor } = place;
    const asked = cursor !== undefined && early?.cursor === cursor ? early.page : null;
    const page = asked ? asked.then((found) => found ?? fetchAt(place)) : fetchAt(place);
    const isUnknown = cursor !== undefined && offset === 0;
    const next = placeAt(limit, offset + limit - 1);
    early = {
      cursor: next.cursor,
      page: size.then((rows) => (!isUnknown && offset + limit < rows ? fetchAt(next) : null)),
    };
    // It is awaited when its turn comes, or never.
    early.page.catch(() => undefined);
    return page;
  };
}

async function fetchUnlessTooLarge<T>(fetchAt: FetchAt<T>, place: Place): Promise<Page<T> | null> {
  try {
    return await fetchAt(place);
  } catch (error) {
    const isTooLarge =
      error instanceof ProviderError && error.cause instanceof EgressError && error.cause.reason === 'too_large';
    if (isTooLarge && place.limit > SMALLEST_PAGE) return null;
    throw error;
  }
}

/** Throws when the list repeats itself, which some versions do for ever when asked for pages of no rows. */
function progressGuard() {
  let [last, same, stale] = ['', 0, 0];
  return (page: string, fresh: number) => {
    same = page === last ? same + 1 : 0;
    stale = fresh === 0 ? stale + 1 : 0;
    last = page;
    if (same > MAX_SAME_PAGES || stale > MAX_STALE_PAGES) throw repeats();
  };
}

function unseen<T>(items: T[], keyOf: (item: T) => string, seen: Set<string>): T[] {
  return items.filter((item) => {
    const key = keyOf(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Walks a list whose cursor names the last row (executions): nothing can shift in front of it. */
export async function* walkKeyset<T>({ fetchPage, keyOf, pageSize }: Walk<T>): AsyncGenerator<ListPage<T>> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let requests = 1; ; requests++) {
    const page = await fetchPage({ limit: pageSize, cursor });
    const items = unseen(page.items, keyOf, seen);
    if (page.nextCursor === null) {
      yield { items, seen: seen.size, requests, complete: true };
      return;
    }
    if (page.nextCursor === cursor || items.length === 0) throw repeats();
    yield { items, seen: seen.size, requests };
    cursor = page.nextCursor;
  }
}

const repeats = () => new ProviderError('unreadable', 'The instance keeps answering with the same page of its list.');

/** All items of a short list. */
export async function collect<T>(pages: AsyncIterable<ListPage<T>>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page.items);
  return all;
}
