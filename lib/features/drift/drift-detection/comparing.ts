import { asFarAsSaid } from '@/lib/features/change/approved-state/model';
import {
  type ApprovedEntry,
  type ApprovedIndex,
  readApprovedWorkflows,
  type StoreContext,
} from '@/lib/features/change/approved-state/service';
import { toWorkflowJson } from '@/lib/features/inventory/workflows/observe';
import { pacer } from '@/lib/kernel/pace';
import { partDigests } from '@/lib/workflow/digest/digest';
import type { Workflow } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import type { Finding } from '../incidents/model';
import { type Classified, classify, classifyDeleted, classifyUnmanaged, classifyUnreadable } from './classify';
import { readAccepted, readExpectations } from './expected-store';
import { type Aspect, departedOf, differs, type Expected, fingerprintOf, unmanagedFingerprint } from './model';
import { type Pair, pairUp, readSeen, type SeenRow } from './pairing';

/** A difference, why it is no drift where it is none, and what of it a word about a switch or tags may explain. */
export type Flag = Finding & { expected: Expected | null; departed: Aspect[] };
export type Compared = { comparedCount: number; unmanagedCount: number; flags: Flag[] };

/** So many bodies are held at once. */
const BATCH = 50;

/**
 * Everything in which an environment differs from what is approved, by the inventory as it now stands. Digests first;
 * bodies are read only where they disagree.
 */
export async function compareWithApproved(
  ctx: StoreContext,
  environmentId: string,
  approved: ApprovedIndex,
  now: Date,
): Promise<Compared> {
  const { seen, accepted } = await ctx.tx(async (db) => ({
    seen: await readSeen(db, environmentId),
    accepted: await readAccepted(db, environmentId, now),
  }));
  const { pairs, unmanaged } = pairUp(approved.entries, seen);
  const known = pairs.filter(({ entry, seen: row }) => row !== null || entry.n8nId !== null);
  const moved = known.filter(({ entry, seen: row }) => !row || row.presence === 'missing' || differs(entry, row));
  const flags = [...(await flagPairs(ctx, environmentId, moved, now)), ...unmanaged.map(flagUnmanaged)];
  return {
    comparedCount: known.length,
    unmanagedCount: unmanaged.length,
    flags: flags.map((flag) => ({
      ...flag,
      expected: flag.expected ?? accepted(flag),
    })),
  };
}

async function flagPairs(ctx: StoreContext, environmentId: string, pairs: readonly Pair[], now: Date): Promise<Flag[]> {
  if (pairs.length === 0) return [];
  const pace = pacer();
  const differing = pairs.map(({ entry, seen }) => ({
    key: entry.lineageId,
    lineageId: entry.lineageId,
    workflowId: seen?.id ?? null,
    approvedAt: entry.approvedAt,
  }));
  const expectations = await ctx.tx((db) => readExpectations(db, environmentId, differing, now));
  const flags: Flag[] = [];
  for (let start = 0; start < pairs.length; start += BATCH) {
    const batch = pairs.slice(start, start + BATCH);
    const bodies = await readBodies(ctx, environmentId, batch);
    for (const pair of batch) {
      const what = judge(pair, bodies, expectations.get(pair.entry.lineageId) ?? []);
      if (what) flags.push(flagOf(pair, what, bodies));
      await pace();
    }
  }
  return flags;
}

type Bodies = { approved: Map<string, Workflow>; observed: Map<string, Workflow | null> };

function judge({ entry, seen }: Pair, bodies: Bodies, expectations: Parameters<typeof classify>[2]): Classified | null {
  if (!seen || seen.presence === 'missing') return classifyDeleted(entry, entry.name);
  const was = bodies.approved.get(entry.lineageId);
  const is = bodies.observed.get(seen.id);
  if (!was) return classifyUnreadable('approved', entry.name);
  if (!is) return classifyUnreadable('observed', seen.name);
  return classify({ target: entry, workflow: was }, { target: seen, workflow: is }, expectations);
}

function flagOf({ entry, seen }: Pair, what: Classified, bodies: Bodies): Flag {
  const there = seen?.presence === 'present' ? seen : null;
  return {
    ...what,
    key: entry.lineageId,
    workflowId: seen?.id ?? null,
    n8nId: seen?.n8nId ?? entry.n8nId,
    name: there?.name ?? entry.name,
    fingerprint: fingerprintOf(entry.lineageId, entry, there && withoutEqual(there, entry, bodies)),
    departed: departedOf(entry, there),
  };
}

/** A description counts in a fingerprint where it differs; so it is the same one however the workflow was read. */
function withoutEqual(row: SeenRow, { lineageId }: ApprovedEntry, { approved, observed }: Bodies): SeenRow {
  const workflow = observed.get(row.id);
  if (!workflow || workflow.description !== approved.get(lineageId)?.description) return row;
  return { ...row, settingsDigest: partDigests({ ...workflow, description: '' }).settings };
}

function flagUnmanaged(row: SeenRow): Flag {
  const key = `n8n:${row.n8nId}`;
  const { id: workflowId, n8nId, name } = row;
  const fingerprint = unmanagedFingerprint(key, row);
  return { ...classifyUnmanaged(row, name), key, workflowId, n8nId, name, fingerprint, departed: [] };
}

async function readBodies(ctx: StoreContext, environmentId: string, pairs: readonly Pair[]): Promise<Bodies> {
  const there = new Map(pairs.flatMap(({ seen }) => (seen?.presence === 'present' ? [[seen.id, seen]] : [])));
  const lineages = pairs.flatMap(({ entry, seen }) => (there.has(seen?.id ?? '') ? [entry.lineageId] : []));
  if (lineages.length === 0) return { approved: new Map(), observed: new Map() };
  const approved = await readApprovedWorkflows(ctx, environmentId, lineages);
  const rows = await ctx.tx((db) => db.workflowBody.findMany({ where: { workflowId: { in: [...there.keys()] } } }));
  const byId = new Map(pairs.map(({ entry, seen }) => [seen?.id, approved.get(entry.lineageId)]));
  const observed = new Map(
    rows.map(({ workflowId, draft, published }) => {
      const row = there.get(workflowId)!;
      const state = { ...row, id: row.n8nId, versionId: row.n8nVersionId };
      const { workflow } = readWorkflow(toWorkflowJson(draft as object, state, published as object | null));
      const file = byId.get(workflowId);
      return [workflowId, workflow && file ? comparable(file, workflow, row) : workflow];
    }),
  );
  return { approved, observed };
}

/** What either side does not tell of does not differ. */
const comparable = (file: Workflow, now: Workflow, { whole }: SeenRow): Workflow =>
  whole ? asFarAsSaid(file, now) : { ...now, description: file.description };
