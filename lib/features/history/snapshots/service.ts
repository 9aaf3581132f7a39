import { actorTrailer } from '@/lib/features/change/approved-state/author';
import {
  type ApprovedFile,
  approve,
  describeWorkflow,
  environmentFolder,
  fileNameOf,
  writeApprovedWorkflow,
} from '@/lib/features/change/approved-state/model';
import { readManifestAt } from '@/lib/features/change/approved-state/reading';
import type { Manifest } from '@/lib/features/change/approved-state/schema';
import { committer, type StoreContext, storeOf } from '@/lib/features/change/approved-state/store-context';
import { linkedWorkflows } from '@/lib/features/change/lineages/service';
import { type Connected, connect } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { pacer } from '@/lib/kernel/pace';
import type { Trailers } from '@/lib/ports/commit-message';
import { commitOnHead } from '@/lib/ports/commit-on-head';
import { lookAtInstance, type Unreadable } from './instance';
import { changeOf, countChanges, nameOf, ownIdentity, pairEntries, SNAPSHOT_BRANCH, type SnapshotKind } from './model';
import { type RecordedChange, saveSnapshot } from './store';

type Recording = {
  environmentId: string;
  kind: SnapshotKind;
  /** A commit whose tree has the environment's folder: on `main` what was approved, on `snapshots` what ran. */
  commitSha: string;
  deploymentId?: string;
};

/**
 * Notes a commit as a moment of its environment, with what it changed against the one before. The same commit for the
 * same cause is noted once, so a job that is done again may call it again.
 */
export async function recordSnapshot(ctx: StoreContext, { environmentId, kind, commitSha, deploymentId }: Recording) {
  const { slug } = await ctx.tx((db) => getEnvironmentRow(db, environmentId));
  const history = { ref: commitSha, path: environmentFolder(slug), limit: 2, signal: ctx.signal };
  const [commit, previous] = await storeOf(ctx).log(history);
  const manifest = await readManifestAt(ctx, slug, commitSha);
  const before = previous ? await readManifestAt(ctx, slug, previous.sha) : null;
  const changes = changesBetween(before, manifest);
  const message = [commit?.subject, commit?.body].filter(Boolean).join('\n\n');
  return ctx.tx(async (db) => {
    const snapshot = await saveSnapshot(db, {
      environmentId,
      kind,
      commitSha,
      message,
      deploymentId: deploymentId ?? null,
      workflowCount: Object.keys(manifest?.workflows ?? {}).length,
      changed: countChanges(changes.map(({ change }) => change)),
      changes,
      actor: ctx.actor,
    });
    if (snapshot.isNew) db.emit({ type: 'snapshot.created', subject: snapshot.id, payload: { environmentId, kind } });
    return snapshot;
  });
}

const entriesOf = (manifest: Manifest | null) => new Map(Object.entries(manifest?.workflows ?? {}));

function changesBetween(before: Manifest | null, after: Manifest | null): RecordedChange[] {
  return pairEntries(entriesOf(before), entriesOf(after)).flatMap((pair) => {
    const change = changeOf(pair);
    const { lineageId, n8nId } = (pair.after ?? pair.before)!.entry;
    return change ? [{ lineageId, n8nId, name: nameOf(pair), change }] : [];
  });
}

type Taking = {
  environmentId: string;
  kind: SnapshotKind;
  message: string;
  trailers?: Omit<Trailers, 'actor'>;
  deploymentId?: string;
};

/** `unchanged`: what runs is what the environment's last snapshot has; `id` is then the one that was there. */
export type TakenSnapshot = {
  id: string;
  commitSha: string;
  status: 'committed' | 'unchanged';
  workflowCount: number;
  unreadable: Unreadable[];
};

/**
 * Keeps all of what an environment has now, as its instance answers, in one commit; approves nothing. Throws a
 * `ProviderError` when the instance cannot be read to the end: then nothing is kept.
 */
export async function snapshotEnvironment(ctx: StoreContext, taking: Taking): Promise<TakenSnapshot> {
  const { environmentId, kind, message, trailers, deploymentId } = taking;
  const connected = await connect(ctx, environmentId);
  const { slug } = connected.environment;
  const { files, unreadable } = await filesOf(ctx, connected);
  const author = await committer(ctx);
  const { status, sha } = await commitOnHead(
    storeOf(ctx),
    async (head) => {
      const standing = await readManifestAt(ctx, slug, head);
      const changes = approve(standing, { environment: slug, files, scope: 'all' });
      return { author, message, changes, trailers: { ...trailers, actor: actorTrailer(ctx.actor) } };
    },
    { branch: SNAPSHOT_BRANCH, signal: ctx.signal },
  );
  const commitSha = status === 'committed' ? sha : await lastCommitOf(ctx, slug, sha!);
  const { id } = await recordSnapshot(ctx, { environmentId, kind, commitSha, deploymentId });
  return { id, commitSha, status, workflowCount: files.length, unreadable };
}

/** Where nothing differed: the branch's head may be another environment's commit. */
async function lastCommitOf(ctx: StoreContext, slug: string, head: string): Promise<string> {
  const [commit] = await storeOf(ctx).log({ ref: head, path: environmentFolder(slug), limit: 1, signal: ctx.signal });
  return commit!.sha;
}

/** Bytes and digests are made while the next page is fetched; what they are filed under is known at the end. */
async function filesOf(ctx: StoreContext, connected: Connected) {
  const pace = pacer();
  const made: Omit<ApprovedFile, 'file'>[] = [];
  const unreadable: Unreadable[] = [];
  for await (const { n8nId, name, workflow } of lookAtInstance(ctx, connected)) {
    if (!workflow) unreadable.push({ n8nId, name });
    else {
      const entry = describeWorkflow(workflow, { lineageId: null, n8nId });
      made.push({ entry, bytes: writeApprovedWorkflow(workflow) });
    }
    await pace();
  }
  const identities = await identify(ctx, connected.environment.id);
  const files = made.flatMap(({ entry, bytes }): ApprovedFile[] => {
    const identity = identities.get(entry.n8nId!);
    if (!identity) return [];
    const { lineageId, filedUnder } = identity;
    return [{ file: fileNameOf(filedUnder), entry: { ...entry, lineageId }, bytes }];
  });
  return { files, unreadable };
}

/** Under its lineage, or under its own name where it has none, so that it keeps its file from snapshot to snapshot. */
function identify({ tx }: StoreContext, environmentId: string) {
  return tx(async (db) => {
    const rows = await db.workflow.findMany({
      where: { environmentId },
      select: { id: true, n8nId: true, name: true },
    });
    const linked = await linkedWorkflows(db, { environmentId });
    const lineages = new Map(
      linked.map(({ workflowId, lineageId: id, lineageSlug: slug }) => [workflowId, { id, slug }]),
    );
    return new Map(
      rows.map((row) => {
        const lineage = lineages.get(row.id);
        return [row.n8nId, { lineageId: lineage?.id ?? null, filedUnder: lineage ?? ownIdentity(row) }] as const;
      }),
    );
  });
}
