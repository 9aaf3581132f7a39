import { EgressError } from '@/lib/adapters/egress';
import { ProviderError } from '@/lib/ports/provider-error';
import type { ListPage } from '@/lib/ports/workflow-provider';
import { decodeOffset, encodeOffset } from './cursor';

export type Page<T> = { items: T[]; nextCursor: string | null };
export type FetchPage<T> = (window: { limit: number; cursor?: string }) => Promise<Page<T>>;

type Walk<T> = { fetchPage: FetchPage<T>; keyOf: (item: T) => string; pageSize: number };

const MAX_STEPS_BACK = 20;
const MAX_STALE_PAGES = 3;
const SMALLEST_PAGE = 5;

/**
 * Walks one of n8n's offset lists so that a row which exists throughout is never missed, although rows before it
 * come and go meanwhile. The list is ordered, so one thing suffices: **every page must begin with a row that was
 * already seen**. Pages overlap by one row to make that so; when rows were deleted before it, the page begins with
 * an unseen one, and the walk steps back until it meets known ground again.
 */
export async function* walkOffsets<T>({ fetchPage, keyOf, pageSize }: Walk<T>): AsyncGenerator<ListPage<T>> {
  const seen = new Set<string>();
  let [limit, offset, requests, stepsBack, stale] = [pageSize, 0, 0, 0, 0];
  let cursor: string | undefined;

  for (;;) {
    let page: Page<T>;
    try {
      requests++;
      page = await fetchPage({ limit, cursor });
    } catch (error) {
      if (!isTooLarge(error) || limit <= SMALLEST_PAGE) throw error;
      limit = Math.max(SMALLEST_PAGE, Math.floor(limit / 2));
      cursor = encodeOffset({ limit, offset });
      continue;
    }

    const [first] = page.items;
    const anchored = offset === 0 || (first !== undefined && seen.has(keyOf(first)));
    if (!anchored && stepsBack < MAX_STEPS_BACK) {
      offset = Math.max(0, offset - limit * 2 ** Math.min(stepsBack++, 4));
      cursor = encodeOffset({ limit, offset });
      continue;
    }

    const items = unseen(page.items, keyOf, seen);
    stale = items.length === 0 ? stale + 1 : 0;
    const next = page.nextCursor === null ? null : advance(page, { limit, offset });
    if (stale > MAX_STALE_PAGES) throw repeats();
    if (next === null) {
      yield { items, seen: seen.size, requests, complete: stepsBack < MAX_STEPS_BACK };
      return;
    }
    yield { items, seen: seen.size, requests };
    ({ offset, cursor } = next);
  }
}

function unseen<T>(items: T[], keyOf: (item: T) => string, seen: Set<string>): T[] {
  return items.filter((item) => {
    const key = keyOf(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** One row of overlap where the cursor is an offset; an unknown cursor is followed as it is. */
function advance<T>(page: Page<T>, { limit, offset }: { limit: number; offset: number }) {
  if (!decodeOffset(page.nextCursor!)) return { offset: 0, cursor: page.nextCursor! };
  const next = offset + Math.max(1, page.items.length - 1);
  return { offset: next, cursor: encodeOffset({ limit, offset: next }) };
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

const isTooLarge = (error: unknown) =>
  error instanceof ProviderError && error.cause instanceof EgressError && error.cause.reason === 'too_large';

/** All items of a short list. */
export async function collect<T>(pages: AsyncIterable<ListPage<T>>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page.items);
  return all;
}
