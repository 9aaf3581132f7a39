import { invalidField } from '@/lib/core/errors';
import { asFarAsSaid, describeWorkflow } from '@/lib/features/change/approved-state/model';
import { readWorkflowsAt } from '@/lib/features/change/approved-state/reading';
import { storeContext } from '@/lib/features/change/approved-state/store-context';
import { buildPlan } from '@/lib/features/change/change-plans/build-plan';
import { placeholderOf } from '@/lib/features/change/change-plans/placeholder';
import type { ChangePlan, PlannedWorkflow } from '@/lib/features/change/change-plans/plan';
import { plannedEnvironment } from '@/lib/features/change/change-plans/planned-environment';
import { hasWebhookIds, targetOf } from '@/lib/features/change/change-plans/target';
import { type Connected, connect } from '@/lib/features/connections/environments/service';
import { toDocument } from '@/lib/features/inventory/workflows/document';
import { readRemote } from '@/lib/features/inventory/workflows/observe';
import type { TenantContext } from '@/lib/kernel/context';
import { pacer } from '@/lib/kernel/pace';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { writeWorkflow } from '@/lib/workflow/canonical/document';
import type { Workflow } from '@/lib/workflow/model';
import type { Binding } from '@/lib/workflow/remap/bindings';
import { remapReferences } from '@/lib/workflow/remap/remap';
import { type OpenSnapshot, openSnapshot } from '../snapshots/detail';
import { changedParts, type SnapshotEntry, versionFor } from '../snapshots/model';
import { type Current, readCurrent } from './current';
import { draftLive, newId, notArchived, nothingDiffers, unpublishedDraft, unreadableFile } from './problems';
import { missingCredentials } from './required-credentials';
import type { RestoreItem, RestoreProblem } from './schema';

export type Selection = { snapshotId: string; files?: readonly string[]; removeOthers: boolean };

export type RestoreDraft = {
  snapshot: OpenSnapshot['row'];
  connected: Connected;
  plan: ChangePlan;
  workflows: RestoreItem[];
  unchanged: number;
  left: string[];
  problems: RestoreProblem[];
};

/** One workflow of the snapshot and what stands in its place. */
type Chosen = { key: string; file: string; entry: SnapshotEntry; workflow: Workflow; remote: RemoteWorkflow | null };

/** How the fields are called that named a snapshot and its files. A snapshot in the address has none. */
type Fields = { snapshot?: string; file(at: number): string };
const LISTED: Fields = { file: (at) => `files.${at}` };

/** Compares a snapshot with what the instance answers now, and says which writes would bring it back. Writes nothing. */
export async function draftRestore(
  ctx: TenantContext,
  selection: Selection,
  fields: Fields = LISTED,
): Promise<RestoreDraft> {
  const opened = await openSnapshot(ctx, selection.snapshotId, fields.snapshot);
  const entries = chosenEntries(opened, selection.files, fields);
  const connected = await connect(ctx, opened.row.environmentId);
  const current = await readCurrent(ctx, connected, [...entries.values()], !selection.files);
  const { chosen, problems } = await readChosen(ctx, opened, entries, current);
  const remapped = withNewIds(chosen);
  const { environment } = connected;
  const { planned, items, unchanged } = await compare(remapped, environment.class);
  const others = selection.files ? [] : othersOf(current, opened.entries);
  const going = selection.removeOthers ? others.filter(({ remote }) => mayGo(remote, current, opened.row)) : [];
  const left = others.filter((other) => !going.includes(other)).map(({ remote }) => remote.document.name);
  const instance = await plannedEnvironment(connected, ctx.signal);
  const plan = buildPlan({
    kind: 'restore',
    environment: instance,
    workflows: [...planned, ...going.map(({ key, remote }) => leaving(key, remote, current))],
    source: { snapshotId: selection.snapshotId },
    layout: 'bring',
  });
  // Of dev a snapshot has the draft, and whether something ran.
  const hasDraftsApart = environment.class === 'dev' && instance.writes.savePublishes === 'optional';
  const restored = remapped.filter(({ key }) => items.some((item) => item.key === key));
  const workflows = [...items, ...going.map(({ key, remote }) => leavingItem(key, remote, current))];
  return {
    snapshot: opened.row,
    connected,
    plan,
    workflows,
    unchanged,
    left,
    problems: [
      ...(workflows.length === 0 ? [nothingDiffers] : []),
      ...problems,
      ...(selection.removeOthers && left.length > 0 ? [notArchived(left.length)] : []),
      ...restored.filter(({ remote }) => !remote).map(({ entry }) => newId(entry.name)),
      ...restored.flatMap(({ remote }) => unpublishedDraft(remote, environment.class)),
      ...(hasDraftsApart
        ? restored.filter(({ key }) => publishes(plan, key)).map(({ entry }) => draftLive(entry.name))
        : []),
      ...(await missingCredentials(ctx, environment, restored)),
    ],
  };
}

const publishes = ({ steps }: ChangePlan, key: string): boolean =>
  steps.some((step) => step.key === key && step.action === 'publish');

function chosenEntries(
  { entries }: OpenSnapshot,
  files: readonly string[] | undefined,
  fields: Fields,
): Map<string, SnapshotEntry> {
  const unknown = files?.findIndex((file) => !entries.has(file)) ?? -1;
  if (unknown >= 0) throw invalidField(fields.file(unknown), `The snapshot has no ${files![unknown]}.`);
  return new Map([...entries].filter(([file]) => !files || files.includes(file)));
}

async function readChosen(
  ctx: TenantContext,
  { row }: OpenSnapshot,
  entries: ReadonlyMap<string, SnapshotEntry>,
  current: Current,
): Promise<{ chosen: Chosen[]; problems: RestoreProblem[] }> {
  const files = [...entries.keys()];
  const bodies = await readWorkflowsAt(storeContext(ctx), row.environment.slug, row.commitSha, files);
  const own = new Set([...entries.values()].map(({ n8nId }) => n8nId));
  const chosen: Chosen[] = [];
  const problems: RestoreProblem[] = [];
  for (const [file, entry] of entries) {
    const workflow = bodies.get(file);
    const remote = standIn(entry, current, own);
    const key = entry.lineageId ?? `n8n:${entry.n8nId}`;
    if (workflow) chosen.push({ key, file, entry, workflow, remote });
    else problems.push(unreadableFile(entry.name));
  }
  return { chosen, problems };
}

/** The workflow of the same id, or the one that its lineage is now, unless that is one of the chosen itself. */
function standIn(
  { n8nId, lineageId }: SnapshotEntry,
  { remotes, byLineage }: Current,
  own: ReadonlySet<string | null>,
): RemoteWorkflow | null {
  const successor = lineageId ? byLineage.get(lineageId) : undefined;
  const id = n8nId && remotes.has(n8nId) ? n8nId : own.has(successor ?? null) ? undefined : successor;
  return (id ? remotes.get(id) : undefined) ?? null;
}

/** What is made anew gets another id: whoever calls it among what is restored calls the new one. */
function withNewIds(chosen: readonly Chosen[]): Chosen[] {
  const bindings = chosen.flatMap(({ key, entry, remote }): Binding[] => {
    if (!entry.n8nId || remote?.id === entry.n8nId || (entry.archived && !remote)) return [];
    return [{ kind: 'workflow', from: { id: entry.n8nId }, to: { id: remote?.id ?? placeholderOf(key) } }];
  });
  if (bindings.length === 0) return [...chosen];
  return chosen.map((one) => ({ ...one, workflow: remapReferences(one.workflow, bindings).workflow }));
}

async function compare(chosen: readonly Chosen[], tier: 'dev' | 'staging' | 'production') {
  const planned: PlannedWorkflow[] = [];
  const items: RestoreItem[] = [];
  const pace = pacer();
  for (const one of chosen) {
    await pace();
    if (isThere(one, tier)) continue;
    const { key, file, entry, workflow, remote } = one;
    const { lineageId, name } = entry;
    const action = entry.archived ? 'archive' : remote ? 'update' : 'create';
    const n8nId = remote?.id ?? null;
    items.push({ key, file, lineageId, n8nId, name, action });
    const document = toDocument(writeWorkflow(workflow), name);
    const desired = entry.archived ? null : { document, active: entry.active, tags: [...workflow.tags] };
    planned.push({ key, lineageId, name, n8nId, expected: remote && targetOf(remote, desired?.document), desired });
  }
  return { planned, items, unchanged: chosen.length - items.length };
}

/**
 * Whether nothing differs but the layout and pinned data, as far as the file speaks of it. Addresses are made of webhook
 * ids.
 */
function isThere({ entry, workflow, remote }: Chosen, tier: 'dev' | 'staging' | 'production'): boolean {
  if (!remote) return entry.archived;
  const now = readRemote(remote).workflow;
  if (!now) return false;
  if (entry.archived && remote.archived) return true;
  const counting = versionFor(tier, now);
  if (counting.active !== workflow.active || counting.archived !== workflow.archived) return false;
  const pair = [workflow, asFarAsSaid(workflow, counting)].map((version) => ({
    file: '',
    entry: describeWorkflow(version, { lineageId: null, n8nId: null }),
  }));
  const differing = changedParts({ before: pair[0], after: pair[1] });
  return !differing.some((part) => part === 'logic' || part === 'settings') && hasWebhookIds(counting, workflow);
}

/** Live now, and not in the snapshot. */
function othersOf({ remotes, lineageOf }: Current, entries: ReadonlyMap<string, SnapshotEntry>) {
  const known = [...entries.values()];
  const ids = new Set(known.map(({ n8nId }) => n8nId));
  const lineages = new Set(known.flatMap(({ lineageId }) => lineageId ?? []));
  return [...remotes.values()].flatMap((remote) => {
    const lineageId = lineageOf.get(remote.id);
    const isKnown = ids.has(remote.id) || (lineageId !== undefined && lineages.has(lineageId));
    return isKnown || remote.archived ? [] : [{ key: `n8n:${remote.id}`, remote }];
  });
}

/** What stood there already, the snapshot left out for a reason of its own: ignored, unreadable, never adopted. */
function mayGo(remote: RemoteWorkflow, { firstSeen }: Current, { createdAt }: OpenSnapshot['row']): boolean {
  const seenAt = firstSeen.get(remote.id);
  return seenAt !== undefined && seenAt > createdAt && readRemote(remote).workflow !== null;
}

const leaving = (key: string, remote: RemoteWorkflow, { lineageOf }: Current): PlannedWorkflow => ({
  key,
  lineageId: lineageOf.get(remote.id) ?? null,
  name: remote.document.name,
  n8nId: remote.id,
  expected: targetOf(remote),
  desired: null,
});

const leavingItem = (key: string, remote: RemoteWorkflow, { lineageOf }: Current): RestoreItem => ({
  key,
  file: null,
  lineageId: lineageOf.get(remote.id) ?? null,
  n8nId: remote.id,
  name: remote.document.name,
  action: 'archive',
});
