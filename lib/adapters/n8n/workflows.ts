import { EgressError } from '@/lib/adapters/egress';
import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow, WorkflowDocument, WorkflowGraph } from '@/lib/ports/remote-workflow';
import type { Call, Precondition, UpdateOptions, WriteOutcome } from '@/lib/ports/workflow-provider';
import { writeBehaviour } from './behaviour';
import { toGraphVersion, toWorkflow } from './mapper';
import type { Session } from './session';
import type { Specification } from './specification';
import { toWriteBody } from './write-body';
import { isSaved, judgeUpdate } from './write-verdict';

/** Ids become parts of a path: one that could lead elsewhere is the id of nothing. */
export function pathOf(id: string, rest = ''): string {
  if (!/^[\w-]+$/.test(id)) throw new ProviderError('not_found', 'The workflow does not exist on the instance.');
  return `/workflows/${id}${rest}`;
}

const isMissing = (error: unknown) => error instanceof ProviderError && error.failure === 'not_found';

/** Null only when n8n itself says that there is no such thing: any other kind of absence throws. */
export async function readOrNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

export const getWorkflow = (session: Session, id: string, call: Call = {}): Promise<RemoteWorkflow | null> =>
  readOrNull(async () => toWorkflow(await session.client.read(pathOf(id), undefined, call)));

export async function mustGetWorkflow(session: Session, id: string, call: Call): Promise<RemoteWorkflow> {
  const found = await getWorkflow(session, id, call);
  if (!found) throw new ProviderError('not_found', 'The workflow does not exist on the instance.');
  return found;
}

export async function getWorkflowVersion(
  session: Session,
  id: string,
  versionId: string,
  call: Call = {},
): Promise<WorkflowGraph | null> {
  const specification = await session.specification(call);
  const version = encodeURIComponent(versionId);
  const path = specification.has('GET /workflows/{}/versions/{}') ? `/versions/${version}` : `/${version}`;
  return readOrNull(async () => toGraphVersion(await session.client.read(pathOf(id, path), undefined, call)));
}

export async function fitWorkflow(
  session: Session,
  document: WorkflowDocument,
  { to = 'update', ...call }: Call & { to?: 'create' | 'update' } = {},
): Promise<{ document: WorkflowDocument; omitted: string[] }> {
  const specification = await session.specification(call);
  const operation = to === 'create' ? 'POST /workflows' : 'PUT /workflows/{}';
  const { body, omitted } = toWriteBody(document, specification.body(operation));
  return { document: body as WorkflowDocument, omitted };
}

export function createWorkflow(session: Session, document: WorkflowDocument, call: Call = {}): Promise<WriteOutcome> {
  return session.exclusively(call, async (specification) => {
    const { body, omitted } = toWriteBody(document, specification.body('POST /workflows'));
    const created = toWorkflow(await session.client.write({ method: 'POST', path: '/workflows', body }, call));
    const workflow = await getWorkflow(session, created.id, call);
    // 1.x on its default SQLite pool may answer 200 for a row that it then loses.
    if (!workflow)
      throw new ProviderError('outcome_unknown', 'The instance said the workflow was created, but does not have it.');
    return { status: 'applied', workflow, omitted, residual: [] };
  });
}

export function updateWorkflow(
  session: Session,
  id: string,
  document: WorkflowDocument,
  options: UpdateOptions = {},
): Promise<WriteOutcome> {
  return session.exclusively(options, async (specification) => {
    const { workflow: before, saves } = await readCounted(session, id, options);
    if (options.expected && hasMoved(before, options.expected)) {
      throw new ProviderError('conflict', 'The workflow was changed on the instance since it was read.');
    }
    const { body, omitted } = toWriteBody(document, specification.body('PUT /workflows/{}'));
    const refusal = await attemptUpdate(session, id, body, before, specification, options);
    const { workflow: after, saves: savesAfter } = await readCounted(session, id, options);
    if (refusal && !isSaved(before, after, body)) throw unchanged(refusal);
    const verdict = judgeUpdate({ before, after, body, refusal, published: options.published ?? 'follow' });
    // Older versions count the activation that follows a save, too.
    const isCounted = writeBehaviour(specification).savePublishes === 'optional';
    const overtook = isCounted && savesAfter - saves > 1 ? ({ overtook: true } as const) : {};
    return { ...verdict, workflow: after, omitted, ...overtook };
  });
}

/** Together with n8n's own count of the saves that changed what it does; 0 where it tells none. */
async function readCounted(session: Session, id: string, call: Call) {
  const raw = await session.client.read(pathOf(id), undefined, call);
  const workflow = toWorkflow(raw);
  const { versionCounter } = raw as { versionCounter?: unknown };
  return { workflow, saves: typeof versionCounter === 'number' ? versionCounter : 0 };
}

/** The refusal when there was one: whether it left traces is found by reading back, not by its status. */
async function attemptUpdate(
  session: Session,
  id: string,
  body: unknown,
  before: RemoteWorkflow,
  specification: Specification,
  options: UpdateOptions,
): Promise<ProviderError | null> {
  const keep = options.published === 'keep' && before.published !== null;
  if (keep && writeBehaviour(specification).savePublishes === 'always') {
    throw new ProviderError('unsupported', 'This version of n8n puts every save of a published workflow live.');
  }
  try {
    await session.client.write(
      { method: 'PUT', path: pathOf(id), body, query: keep ? { publishIfActive: false } : {} },
      options,
    );
    return null;
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

const hasMoved = (workflow: RemoteWorkflow, expected: Precondition) =>
  workflow.versionId !== expected.versionId ||
  workflow.updatedAt !== expected.updatedAt ||
  workflow.published?.versionId !== expected.published?.versionId;

/**
 * Reading back showed the old state. Where n8n answered at all, the write is over and did not happen; where the
 * connection ended, it may still be under way.
 */
export function unchanged(refusal: ProviderError): ProviderError {
  if (refusal.failure !== 'outcome_unknown') return refusal;
  const isOver = !(refusal.cause instanceof EgressError) || refusal.cause.reason === 'unreadable';
  const [failure, seen] = isOver
    ? (['unavailable', 'Reading back showed that nothing was written.'] as const)
    : (['outcome_unknown', 'Reading back at once still showed the old state.'] as const);
  return new ProviderError(failure, `${refusal.message} ${seen}`, { cause: refusal });
}
