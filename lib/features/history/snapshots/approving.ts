import { invalidField, upstream } from '@/lib/core/errors';
import type { ApprovedWorkflow } from '@/lib/features/change/approved-state/model';
import {
  type ApproveResult,
  approveWorkflows,
  refreshApprovedIndex,
} from '@/lib/features/change/approved-state/service';
import { fenceOf, isBeingChanged } from '@/lib/features/change/journal/being-changed';
import { environmentBusy } from '@/lib/features/change/journal/lease';
import { ensureLineages } from '@/lib/features/change/lineages/service';
import { connect } from '@/lib/features/connections/environments/service';
import type { EnvironmentRow } from '@/lib/features/connections/environments/store';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import { pacer } from '@/lib/kernel/pace';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Workflow } from '@/lib/workflow/model';
import { lookAtInstance, type Seen } from './instance';
import { type FoundSecret, secretsFound, secretsOf } from './secrets';
import { recordSnapshot } from './service';

export type ApproveInput = {
  environmentId: string;
  kind: 'saved' | 'adopted';
  /** Ours; only these, the others stay as they are approved. Default: all, and what is not there is approved no more. */
  workflowIds?: readonly string[];
  message?: string;
  /** Commit although secrets are written out in some of what is committed. */
  acceptSecrets: boolean;
};

export type ApprovedOutcome = {
  status: 'committed' | 'unchanged';
  commitSha: string;
  snapshotId: string;
  workflowCount: number;
  /** Names of what git did not get, by reason. */
  left: { archived: string[]; ignored: string[]; unreadable: string[] };
  secrets: FoundSecret[];
};

type Readable = Seen & { workflow: Workflow };

/**
 * What stands on an instance becomes its approved state: read afresh, each with its lineage, in one commit. Archived and
 * ignored workflows are nothing that an environment should run; one that cannot be read stays as it is approved. Throws
 * `blocked` for secrets that nobody accepted, and what may pass while we are writing there: half of a promotion is nothing
 * to approve, and what was read before one must not take its place.
 */
export async function approveInstance(ctx: JobContext, input: ApproveInput): Promise<ApprovedOutcome> {
  const { environmentId, kind, workflowIds } = input;
  const before = await standing(ctx, environmentId);
  const { environment, seen } = await look(ctx, environmentId);
  const live = seen.filter((one): one is Readable => one.workflow !== null && !one.archived);
  const { taken, ignored } = await choose(ctx, environmentId, live, workflowIds);
  const secrets = await secretsIn(taken);
  if (secrets.length > 0 && !input.acceptSecrets) throw secretsFound(secrets, kind === 'saved' ? 'save' : 'adopt');
  const approved = await identify(ctx, taken);
  const { sha, status } = await approveWorkflows(ctx, {
    environmentId,
    workflows: approved,
    scope: workflowIds ? 'these' : 'all',
    unread: seen.filter(isUnreadable).map(({ n8nId }) => n8nId),
    async confirm() {
      if ((await standing(ctx, environmentId)) !== before) throw outrun();
    },
    message: input.message || sentence(kind, environment, approved.length),
  });
  const snapshotId = await record(ctx, input, { sha, status });
  await ctx.tx(async (db) => {
    const target = { type: 'environment', id: environmentId, label: environment.name };
    const details = { status, commitSha: sha, workflows: approved.length, secrets: secrets.length };
    db.audit({ action: `approved.${kind}`, target, details });
  });
  return {
    status,
    commitSha: sha,
    snapshotId,
    workflowCount: approved.length,
    left: { archived: namesOf(seen, ({ archived }) => archived), ignored, unreadable: namesOf(seen, isUnreadable) },
    secrets,
  };
}

/** What moves whenever we write to the environment or approve something of it. Throws while we are writing. */
async function standing(ctx: JobContext, environmentId: string): Promise<string> {
  const index = await refreshApprovedIndex(ctx, environmentId);
  return ctx.tx(async (db) => {
    if (await isBeingChanged(db, environmentId)) throw environmentBusy();
    return `${index?.commitSha} ${await fenceOf(db, environmentId)}`;
  });
}

const outrun = () => upstream('The environment was changed by us while it was read.', { code: 'environment_changed' });

/** Where nothing differed the commit has its record already, unless somebody was killed just before making it. */
async function record(ctx: JobContext, { environmentId, kind }: ApproveInput, { sha, status }: ApproveResult) {
  const where = { environmentId, commitSha: sha };
  const known =
    status === 'unchanged' && (await ctx.tx((db) => db.snapshot.findFirst({ where, select: { id: true } })));
  return (known || (await recordSnapshot(ctx, { ...where, kind }))).id;
}

const isUnreadable = ({ workflow }: Seen) => workflow === null;
const namesOf = (seen: readonly Seen[], which: (one: Seen) => boolean) => seen.filter(which).map(({ name }) => name);

const sentence = (kind: ApproveInput['kind'], { name }: EnvironmentRow, count: number) =>
  `${kind === 'saved' ? 'Save' : 'Adopt'} ${count === 1 ? '1 workflow' : `${count} workflows`} of ${name} as approved`;

async function look(ctx: JobContext, environmentId: string) {
  const connected = await connect(ctx, environmentId);
  const pace = pacer();
  const seen: Seen[] = [];
  const { workflowCount: total } = connected.environment;
  await ctx.progress({ step: 'reading', current: 0, total });
  for await (const one of lookAtInstance(ctx, connected)) {
    seen.push(one);
    await ctx.progress({ step: 'reading', current: seen.length, total });
    await pace();
  }
  await ctx.progress({ step: 'saving', current: 0, total: seen.length });
  return { environment: connected.environment, seen };
}

/** One that goes into git, with our id of it. */
type Taken = { id: string; one: Readable };

/** All that stands there, or what was asked for; what somebody ignores is named apart. */
async function choose(
  ctx: JobContext,
  environmentId: string,
  live: readonly Readable[],
  wanted?: readonly string[],
): Promise<{ taken: Taken[]; ignored: string[] }> {
  const byN8nId = new Map(live.map((one) => [one.n8nId, one]));
  const rows = await ctx.tx((db) =>
    db.workflow.findMany({
      where: { environmentId, n8nId: { in: [...byN8nId.keys()] }, id: wanted && { in: [...wanted] } },
      select: { id: true, n8nId: true, name: true, link: { select: { status: true } } },
    }),
  );
  const absent = wanted?.find((id) => !rows.some((row) => row.id === id));
  if (absent) throw invalidField('workflowIds', `${absent} is no workflow that runs in this environment.`);
  const isIgnored = ({ link }: (typeof rows)[number]) => link?.status === 'ignored';
  return {
    taken: rows.filter((row) => !isIgnored(row)).map(({ id, n8nId }) => ({ id, one: byN8nId.get(n8nId)! })),
    ignored: rows.filter(isIgnored).map(({ name }) => name),
  };
}

/** What is asked for by name must be in the inventory of the environment: a job could only say so later. */
export async function assertStand(db: TenantDb, environmentId: string, workflowIds: readonly string[]): Promise<void> {
  if (workflowIds.length === 0) return;
  const where = { environmentId, id: { in: [...workflowIds] } };
  const known = new Set((await db.workflow.findMany({ where, select: { id: true } })).map(({ id }) => id));
  const unknown = workflowIds.findIndex((id) => !known.has(id));
  if (unknown >= 0) {
    throw invalidField(`workflowIds.${unknown}`, 'This environment has no such workflow.', 'unknown_workflow');
  }
}

async function secretsIn(taken: readonly Taken[]): Promise<FoundSecret[]> {
  const pace = pacer();
  const found: FoundSecret[] = [];
  for (const { one } of taken) {
    found.push(...secretsOf(one));
    await pace();
  }
  return found;
}

/** Each with its lineage; those without one begin one. One that somebody ignored meanwhile has none. */
async function identify(ctx: JobContext, taken: readonly Taken[]): Promise<ApprovedWorkflow[]> {
  const ids = taken.map(({ id }) => id);
  const lineages = await ctx.tx((db) => ensureLineages(db, ids, ctx.actor, 'saved'));
  return taken.flatMap(({ id, one: { n8nId, workflow } }) => {
    const lineage = lineages.get(id);
    return lineage ? [{ lineage, n8nId, workflow }] : [];
  });
}
