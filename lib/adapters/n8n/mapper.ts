import { z } from 'zod';
import { ProviderError } from '@/lib/ports/provider-error';
import {
  EXECUTION_STATUSES,
  type ExecutionStatus,
  type PublishedVersion,
  type RemoteCredential,
  type RemoteExecution,
  type RemoteExecutionDetail,
  type RemoteTag,
  type RemoteUser,
  type RemoteWorkflow,
  type WorkflowGraph,
} from '@/lib/ports/remote-workflow';

const id = z.union([z.string().min(1), z.number()]).transform(String);
const text = z.string().nullish();
const record = z.record(z.string(), z.unknown());

const node = z.looseObject({ name: z.string(), type: z.string() });
const graph = z.object({ nodes: z.array(node), connections: record, nodeGroups: z.array(z.unknown()).nullish() });
const tag = z.object({ id, name: z.string() });
const project = z.object({ id, name: text, type: text });

const version = graph.extend({ versionId: text, name: text, createdAt: text });

const workflow = graph.extend({
  id,
  name: z.string(),
  description: text,
  active: z.boolean(),
  isArchived: z.boolean().nullish(),
  versionId: text,
  activeVersionId: text,
  activeVersion: version.nullish(),
  settings: record.nullish(),
  pinData: record.nullish(),
  tags: z.array(tag).nullish(),
  shared: z.array(z.object({ projectId: id.nullish(), role: text, project: project.nullish() })).nullish(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

const credential = z.object({ id, name: z.string(), type: z.string(), createdAt: text, updatedAt: text });

const user = z.object({
  id,
  email: z.string(),
  firstName: text,
  lastName: text,
  role: text,
  isPending: z.boolean().nullish(),
  createdAt: text,
  updatedAt: text,
});

const execution = z.object({
  id,
  workflowId: id,
  status: z.string().nullish(),
  finished: z.boolean().nullish(),
  mode: z.string().nullish(),
  startedAt: text,
  stoppedAt: text,
  waitTill: text,
  retryOf: id.nullish(),
  retrySuccessId: id.nullish(),
});

const runError = z.looseObject({ message: z.string(), node: z.looseObject({ name: text }).nullish() });
const executionDetail = execution.extend({
  workflowVersionId: text,
  workflowData: z.looseObject({ name: text }).nullish(),
  data: z.unknown(),
});

/** Rejects a reply that has not the shape of what was asked for: half understood is not understood. */
function read<T extends z.ZodType>(schema: T, value: unknown, noun: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'the whole';
  throw new ProviderError(
    'unreadable',
    `The instance described a ${noun} in a way n8n Ops does not know (at ${where}).`,
  );
}

const toGraph = ({ nodes, connections, nodeGroups }: z.output<typeof graph>): WorkflowGraph => ({
  nodes,
  connections,
  ...(nodeGroups?.length ? { nodeGroups } : {}),
});

/** Versions without `activeVersion` run the draft itself. */
function toPublished(raw: z.output<typeof workflow>): PublishedVersion | null {
  if (!raw.active) return null;
  const { activeVersion } = raw;
  if (!activeVersion) return { ...toGraph(raw), versionId: raw.activeVersionId ?? null, name: null, publishedAt: null };
  return {
    ...toGraph(activeVersion),
    versionId: activeVersion.versionId ?? raw.activeVersionId ?? null,
    name: activeVersion.name ?? null,
    publishedAt: activeVersion.createdAt ?? null,
  };
}

export function toWorkflow(value: unknown): RemoteWorkflow {
  const raw = read(workflow, value, 'workflow');
  const owner = raw.shared?.find((share) => share.role === 'workflow:owner') ?? raw.shared?.[0];
  const projectId = owner?.project?.id ?? owner?.projectId;
  const kind = owner?.project?.type;
  return {
    id: raw.id,
    document: {
      name: raw.name,
      ...toGraph(raw),
      settings: raw.settings ?? {},
      ...(raw.description ? { description: raw.description } : {}),
      ...(raw.pinData && Object.keys(raw.pinData).length > 0 ? { pinData: raw.pinData } : {}),
    },
    versionId: raw.versionId ?? null,
    published: toPublished(raw),
    archived: raw.isArchived ?? false,
    tags: raw.tags ?? [],
    project: projectId
      ? {
          id: projectId,
          name: owner?.project?.name ?? null,
          kind: kind === 'personal' || kind === 'team' ? kind : null,
        }
      : null,
    createdAt: raw.createdAt,
    updatedAt: raw.updatedAt,
  };
}

/** A row of the list: it tells neither description nor pinned data, whichever version is asked. */
export function toListedWorkflow(value: unknown): RemoteWorkflow {
  const { document, ...workflow } = toWorkflow(value);
  const { description: _description, pinData: _pinData, ...told } = document;
  return { ...workflow, document: told, listed: true };
}

export const toGraphVersion = (value: unknown): WorkflowGraph => toGraph(read(graph, value, 'workflow version'));
export const toTag = (value: unknown): RemoteTag => read(tag, value, 'tag');
export const toTags = (value: unknown): RemoteTag[] => read(z.array(tag), value, 'list of tags');

export function toCredential(value: unknown): RemoteCredential {
  const raw = read(credential, value, 'credential');
  return { ...raw, createdAt: raw.createdAt ?? null, updatedAt: raw.updatedAt ?? null };
}

export function toUser(value: unknown): RemoteUser {
  const raw = read(user, value, 'user');
  return {
    id: raw.id,
    email: raw.email,
    firstName: raw.firstName ?? null,
    lastName: raw.lastName ?? null,
    role: raw.role ?? null,
    pending: raw.isPending ?? false,
    createdAt: raw.createdAt ?? null,
    updatedAt: raw.updatedAt ?? null,
  };
}

const isStatus = (value: unknown): value is ExecutionStatus => EXECUTION_STATUSES.includes(value as ExecutionStatus);

const fromExecution = (raw: z.output<typeof execution>): RemoteExecution => ({
  id: raw.id,
  workflowId: raw.workflowId,
  status: isStatus(raw.status) ? raw.status : 'unknown',
  mode: raw.mode ?? 'unknown',
  startedAt: raw.startedAt ?? null,
  stoppedAt: raw.stoppedAt ?? null,
  waitTill: raw.waitTill ?? null,
  retryOf: raw.retryOf ?? null,
  retrySuccessId: raw.retrySuccessId ?? null,
});

export const toExecution = (value: unknown): RemoteExecution => fromExecution(read(execution, value, 'execution'));

export function toExecutionDetail(value: unknown): RemoteExecutionDetail {
  const raw = read(executionDetail, value, 'execution');
  const result = record.safeParse(record.safeParse(raw.data).data?.resultData).data;
  const failed = runError.safeParse(result?.error);
  return {
    ...fromExecution(raw),
    workflowName: raw.workflowData?.name ?? null,
    workflowVersionId: raw.workflowVersionId ?? null,
    error: failed.success ? { message: failed.data.message, node: failed.data.node?.name ?? null } : null,
    data: raw.data ?? null,
  };
}

const page = z.object({ data: z.array(z.unknown()), nextCursor: z.string().nullish() });

/** One page of any of n8n's lists. */
export function toPage(value: unknown): { rows: unknown[]; nextCursor: string | null } {
  const { data, nextCursor } = read(page, value, 'list');
  return { rows: data, nextCursor: nextCursor || null };
}
