import { setImmediate as breathe } from 'node:timers/promises';
import { ProviderError } from '@/lib/ports/provider-error';
import type {
  RemoteCredential,
  RemoteExecution,
  RemoteExecutionDetail,
  RemoteTag,
  RemoteUser,
  RemoteWorkflow,
} from '@/lib/ports/remote-workflow';
import type { Call, ExecutionQuery, Listing, ListPage, WorkflowQuery } from '@/lib/ports/workflow-provider';
import type { Query } from './client';
import { toCredential, toExecution, toExecutionDetail, toListedWorkflow, toPage, toTag, toUser } from './mapper';
import type { Session } from './session';
import { collect, type FetchPage, walkKeyset, walkOffsets } from './walk';
import { readOrNull } from './workflows';

/** The most any supported version gives; above it 1.x refuses and 2.41 silently gives less. */
const LARGEST_PAGE = 250;
const EXECUTION_PAGE = 100;
/** So many rows are read in one go. */
const BREATH = 50;

const keyOf = (item: { id: string }) => item.id;

const fetchPages =
  <T>(session: Session, path: string, query: Query, map: (row: unknown) => T, call: Call): FetchPage<T> =>
  async (window) => {
    const { rows, nextCursor } = toPage(await session.client.read(path, { ...query, ...window }, call));
    const items: T[] = [];
    for (const [index, row] of rows.entries()) {
      // Parsing a page of large workflows has kept everybody waiting long enough.
      if (index % BREATH === 0) await breathe();
      items.push(map(row));
    }
    return { items, nextCursor };
  };

export function listWorkflows(session: Session, options: WorkflowQuery = {}): AsyncIterable<ListPage<RemoteWorkflow>> {
  const pageSize = Math.min(Math.max(options.pageSize ?? LARGEST_PAGE, 2), LARGEST_PAGE);
  const fetchPage = fetchPages(session, '/workflows', { excludePinnedData: true }, toListedWorkflow, options);
  return walkOffsets({ fetchPage, keyOf, pageSize, expected: options.expected });
}

export const listTags = (session: Session, call: Call = {}): Promise<RemoteTag[]> =>
  collect(walkOffsets({ fetchPage: fetchPages(session, '/tags', {}, toTag, call), keyOf, pageSize: LARGEST_PAGE }));

export const createTag = (session: Session, name: string, call: Call = {}): Promise<RemoteTag> =>
  session.exclusively(call, async () =>
    toTag(await session.client.write({ method: 'POST', path: '/tags', body: { name } }, call)),
  );

const REFUSALS = new Set<ProviderError['failure']>(['unsupported', 'not_licensed', 'not_permitted']);

/** A list that some versions or keys have not: then the reason is the answer. */
async function listing<T>(items: Promise<T[]>): Promise<Listing<T>> {
  try {
    return { supported: true, items: await items };
  } catch (error) {
    if (error instanceof ProviderError && REFUSALS.has(error.failure))
      return { supported: false, detail: error.message };
    throw error;
  }
}

export const listCredentials = (session: Session, call: Call = {}): Promise<Listing<RemoteCredential>> =>
  listing(
    collect(
      walkOffsets({
        fetchPage: fetchPages(session, '/credentials', {}, toCredential, call),
        keyOf,
        pageSize: LARGEST_PAGE,
      }),
    ),
  );

export const listUsers = (session: Session, call: Call = {}): Promise<Listing<RemoteUser>> =>
  listing(
    collect(
      walkOffsets({
        fetchPage: fetchPages(session, '/users', { includeRole: true }, toUser, call),
        keyOf,
        pageSize: LARGEST_PAGE,
      }),
    ),
  );

/**
 * Open ones first: an execution that ends while the plain list is being read then appears in it as ended. The page
 * that holds `afterId` is given whole: runs that ended late stand among the newest hundred with an older id.
 */
export async function* listExecutions(
  session: Session,
  query: ExecutionQuery = {},
): AsyncGenerator<ListPage<RemoteExecution>> {
  const { afterId, workflowId, includeOpen = true, maxItems = Number.POSITIVE_INFINITY } = query;
  const seen = new Set<string>();
  let requests = 0;
  const states = includeOpen ? (['running', 'waiting', undefined] as const) : ([undefined] as const);
  for (const status of states) {
    const fetchPage = fetchPages(session, '/executions', { workflowId, status }, toExecution, query);
    for await (const page of walkKeyset({ fetchPage, keyOf, pageSize: EXECUTION_PAGE })) {
      requests++;
      const items = page.items.filter((one) => !seen.has(one.id));
      for (const { id } of items) seen.add(id);
      const plain = status === undefined;
      const reached = plain && afterId !== undefined && page.items.some(({ id }) => Number(id) <= Number(afterId));
      const ended = plain && (page.complete === true || reached);
      const exhausted = seen.size >= maxItems;
      yield { items, seen: seen.size, requests, ...(ended || exhausted ? { complete: ended } : {}) };
      if (ended || exhausted) return;
    }
  }
}

export async function getExecution(
  session: Session,
  id: string,
  options: Call & { includeData?: boolean } = {},
): Promise<RemoteExecutionDetail | null> {
  if (!/^\d+$/.test(id)) return null;
  const query = { includeData: options.includeData ?? false };
  return readOrNull(async () => toExecutionDetail(await session.client.read(`/executions/${id}`, query, options)));
}
