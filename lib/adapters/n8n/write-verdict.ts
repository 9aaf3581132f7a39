import { isDeepStrictEqual } from 'node:util';
import type { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow, WorkflowNode } from '@/lib/ports/remote-workflow';
import type { UpdateOptions, WriteOutcome } from '@/lib/ports/workflow-provider';

type Body = Record<string, unknown>;

/** Fields n8n completes or refreshes by itself while saving. */
const COMPLETED_BY_N8N = new Set(['id', 'webhookId', 'credentials']);

const essence = (nodes: unknown) =>
  (nodes as WorkflowNode[]).map((node) =>
    Object.fromEntries(Object.entries(node).filter(([key]) => !COMPLETED_BY_N8N.has(key))),
  );

/** Whether the draft on the instance is what was sent. */
export function holds(workflow: RemoteWorkflow, body: Body): boolean {
  const { document } = workflow;
  const settings = (body.settings ?? {}) as Body;
  return (
    document.name === body.name &&
    isDeepStrictEqual(essence(document.nodes), essence(body.nodes)) &&
    isDeepStrictEqual(document.connections, body.connections) &&
    Object.entries(settings).every(([key, value]) => isDeepStrictEqual(document.settings[key], value))
  );
}

/** `updatedAt` moves on every write, so a refused one that moved it was saved; by us when the content is ours. */
export function isSaved(before: RemoteWorkflow, after: RemoteWorkflow, body: Body): boolean {
  const moved = before.updatedAt !== after.updatedAt || before.versionId !== after.versionId;
  return moved && holds(after, body);
}

type Evidence = {
  before: RemoteWorkflow;
  after: RemoteWorkflow;
  body: Body;
  /** What n8n answered when it did not say yes. */
  refusal: ProviderError | null;
  published: NonNullable<UpdateOptions['published']>;
};

/** What a saved update came to, from the state before and after it. */
export function judgeUpdate({
  before,
  after,
  body,
  refusal,
  published,
}: Evidence): Pick<WriteOutcome, 'status' | 'residual' | 'problem'> {
  const status = statusOf(before, after, refusal, published);
  const wanted = (body.settings ?? {}) as Body;
  const residual = Object.keys(before.document.settings)
    .filter((key) => !(key in wanted) && key in after.document.settings)
    .map((key) => `settings.${key}`);
  if (status === 'applied') return { status, residual };
  const detail = refusal?.message ?? 'The instance saved the draft and did not publish it, without saying why.';
  return { status, residual, problem: { failure: refusal?.failure ?? 'conflict', detail } };
}

function statusOf(
  before: RemoteWorkflow,
  after: RemoteWorkflow,
  refusal: ProviderError | null,
  published: Evidence['published'],
): WriteOutcome['status'] {
  // A lost answer is no refusal: the state tells everything.
  const refused = refusal !== null && refusal.failure !== 'outcome_unknown';
  if (!before.published) return refused ? 'saved_only' : 'applied';
  if (!after.published) return 'unpublished';
  const live = after.published.versionId === after.versionId;
  if (published === 'keep') return after.published.versionId === before.published.versionId ? 'applied' : 'saved_only';
  if (!live) return 'saved_only';
  return refused ? 'published_broken' : 'applied';
}
