import { describeWorkflow } from '@/lib/features/change/approved-state/model';
import type { ManifestEntry } from '@/lib/features/change/approved-state/schema';
import { type ApprovedIndex, refreshApprovedIndex } from '@/lib/features/change/approved-state/service';
import { toEntry } from '@/lib/features/change/approved-state/store';
import { storeContext } from '@/lib/features/change/approved-state/store-context';
import { assertAllowed, connect } from '@/lib/features/connections/environments/service';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { TenantContext } from '@/lib/kernel/context';
import { pacer } from '@/lib/kernel/pace';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { AdoptionPreview } from './approved-schema';
import { lookAtInstance } from './instance';
import { changedParts, changeOf, countChanges } from './model';
import { possibilityOf } from './permission';
import { type FoundSecret, secretsOf } from './secrets';

type Line = AdoptionPreview['workflows'][number];
type Found = { n8nId: string; entry: ManifestEntry; unpublishedChanges: boolean; secrets: FoundSecret[] };

/** What adopting would do, from a fresh reading of the instance. Where adopting is never possible that is the answer. */
export async function previewOfAdoption(ctx: TenantContext, environmentId: string): Promise<AdoptionPreview> {
  const connected = await connect(ctx, environmentId);
  const { environment } = connected;
  const adopt = possibilityOf(ctx.principal, environment, 'adopt');
  if (environment.class === 'dev') assertAllowed(ctx.principal, environment, 'adopt');
  const index = await refreshApprovedIndex(storeContext(ctx), environmentId);
  const { found: seen, left, unread } = await look(ctx, connected, index);
  const known = await ctx.tx((db) => knownOf(db, environmentId));
  const isIgnored = ({ n8nId }: Found) => known.get(n8nId)?.link?.status === 'ignored';
  const found = seen.filter((one) => !isIgnored(one));
  const workflows = [...found.map((one) => toLine(one, known, index)), ...removedOf(found, known, index, unread)];
  const changes = workflows.flatMap(({ change }) => (change === 'unchanged' ? [] : change));
  return {
    environment: toRef(environment),
    baseline: index && {
      commitSha: index.commitSha,
      approvedAt: index.approvedAt.toISOString(),
      workflowCount: index.entries.length,
    },
    counts: {
      ...countChanges(changes),
      unchanged: workflows.length - changes.length,
      secrets: workflows.reduce((sum, { secrets }) => sum + secrets.length, 0),
      unlinked: workflows.filter(({ lineage, change }) => !lineage && change !== 'removed').length,
    },
    workflows: workflows.sort((a, b) => a.name.localeCompare(b.name)),
    left: { ...left, ignored: seen.filter(isIgnored).map(({ entry }) => entry.name) },
    adopt,
  };
}

/** What is approved is compared whole; what is new needs no more than the list tells. */
async function look(ctx: TenantContext, connected: Parameters<typeof lookAtInstance>[1], index: ApprovedIndex | null) {
  const approved = new Set(index?.entries.map(({ n8nId }) => n8nId));
  const left = { archived: [] as string[], unreadable: [] as string[] };
  const found: Found[] = [];
  const unread = new Set<string>();
  const pace = pacer();
  for await (const one of lookAtInstance(ctx, connected, ({ id }) => approved.has(id))) {
    const { n8nId, name, archived, workflow, unpublishedChanges } = one;
    if (!workflow) unread.add(n8nId);
    if (archived) left.archived.push(name);
    else if (!workflow) left.unreadable.push(name);
    else {
      const entry = describeWorkflow(workflow, { lineageId: null, n8nId });
      found.push({ n8nId, entry, unpublishedChanges, secrets: secretsOf({ n8nId, workflow }) });
    }
    await pace();
  }
  return { found, left, unread };
}

/** What the inventory knows of each workflow, by n8n's id: its lineage, or what it may belong to. */
async function knownOf(db: TenantDb, environmentId: string) {
  const rows = await db.workflow.findMany({
    where: { environmentId },
    select: {
      id: true,
      n8nId: true,
      link: { select: { status: true, lineage: { select: { id: true, slug: true, name: true } } } },
      suggestions: {
        where: { status: 'open' },
        orderBy: { score: 'desc' },
        include: { counterpart: { select: { id: true, name: true, environment: { select: REF } } } },
      },
    },
  });
  return new Map(rows.map((row) => [row.n8nId, row]));
}
type Known = Awaited<ReturnType<typeof knownOf>>;

function toLine({ n8nId, entry, unpublishedChanges, secrets }: Found, known: Known, index: ApprovedIndex | null): Line {
  const row = known.get(n8nId);
  const lineage = row?.link?.lineage ?? null;
  const approved = index?.entries.find(({ lineageId }) => lineageId === lineage?.id);
  const pair = {
    before: approved && { file: approved.file, entry: toEntry(approved) },
    after: { file: '', entry },
  };
  const same = changeOf(pair) === null || changedParts(pair).join() === 'layout';
  return {
    workflowId: row?.id ?? null,
    n8nId,
    name: entry.name,
    active: entry.active,
    change: approved && same ? 'unchanged' : changeOf(pair)!,
    unpublishedChanges,
    lineage,
    proposals: (lineage ? [] : (row?.suggestions ?? [])).map(({ id, score, reasons, counterpart }) => ({
      suggestionId: id,
      workflowId: counterpart.id,
      name: counterpart.name,
      environment: toRef(counterpart.environment),
      score,
      reasons,
    })),
    secrets: secrets.map(({ node, path, message }) => ({ node, path, message })),
  };
}

/** Approved, and not among what runs there; of what could not be read nothing is known. */
function removedOf(
  found: readonly Found[],
  known: Known,
  index: ApprovedIndex | null,
  unread: ReadonlySet<string>,
): Line[] {
  const there = new Set(found.map(({ n8nId }) => known.get(n8nId)?.link?.lineage?.id));
  const gone =
    index?.entries.filter(({ lineageId, n8nId }) => !there.has(lineageId) && !(n8nId && unread.has(n8nId))) ?? [];
  return gone.map(({ n8nId, name, active }) => ({
    workflowId: null,
    n8nId,
    name,
    active,
    change: 'removed',
    unpublishedChanges: false,
    lineage: null,
    proposals: [],
    secrets: [],
  }));
}
