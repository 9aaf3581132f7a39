import { actorTrailer } from '@/lib/features/change/approved-state/author';
import { type ApprovedFile, approve, environmentFolder, sameDigests } from '@/lib/features/change/approved-state/model';
import { readManifestAt } from '@/lib/features/change/approved-state/reading';
import { MANIFEST_FORMAT, type Manifest } from '@/lib/features/change/approved-state/schema';
import { committer, type StoreContext, storeOf } from '@/lib/features/change/approved-state/store-context';
import { connect } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import type { Trailers } from '@/lib/ports/commit-message';
import { commitOnHead } from '@/lib/ports/commit-on-head';
import { type Capture, captureInstance, type Stamps, type Standing } from './capture';
import type { Unreadable } from './instance';
import { changeOf, countChanges, nameOf, pairEntries, SNAPSHOT_BRANCH, type SnapshotKind } from './model';
import { type FoundSecret, placeOfSecret, secretsFound } from './secrets';
import { loadReading, type RecordedChange, saveReading, saveSnapshot } from './store';

type Cause = { environmentId: string; kind: SnapshotKind; deploymentId?: string };
type Recording = Cause & {
  /** A commit whose tree has the environment's folder: on `main` what was approved, on `snapshots` what ran. */
  commitSha: string;
};

/**
 * Notes a commit as a moment of its environment, with what it changed against the one before. The same commit for the
 * same cause is noted once, so a job that is done again may call it again. `stamps`: what it was read from.
 */
export async function recordSnapshot(ctx: StoreContext, { commitSha, ...cause }: Recording, stamps?: Stamps) {
  const { slug } = await ctx.tx((db) => getEnvironmentRow(db, cause.environmentId));
  const history = { ref: commitSha, path: environmentFolder(slug), limit: 2, signal: ctx.signal };
  const [commit, previous] = await storeOf(ctx).log(history);
  const after = await readManifestAt(ctx, slug, commitSha);
  const before = previous ? await readManifestAt(ctx, slug, previous.sha) : null;
  const message = [commit?.subject, commit?.body].filter(Boolean).join('\n\n');
  return note(ctx, cause, { commitSha, message, before, after }, stamps);
}

type Commit = { commitSha: string; message: string; before: Manifest | null; after: Manifest | null };

function note(
  ctx: StoreContext,
  { deploymentId, ...cause }: Cause,
  { before, after, ...commit }: Commit,
  stamps?: Stamps,
) {
  const changes = changesBetween(before, after);
  return ctx.tx(async (db) => {
    if (stamps) await saveReading(db, cause.environmentId, { commitSha: commit.commitSha, stamps });
    const snapshot = await saveSnapshot(db, {
      ...cause,
      ...commit,
      deploymentId: deploymentId ?? null,
      workflowCount: Object.keys(after?.workflows ?? {}).length,
      changed: countChanges(changes.map(({ change }) => change)),
      changes,
      actor: ctx.actor,
    });
    if (snapshot.isNew) db.emit({ type: 'snapshot.created', subject: snapshot.id, payload: cause });
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

type Taking = Cause & {
  message: string;
  trailers?: Omit<Trailers, 'actor'>;
  /** False: nothing is kept when a secret is written out in something that git does not have yet. */
  acceptSecrets?: boolean;
};

/** `unchanged`: what runs is what the environment's last snapshot has; `id` is then the one that was there. */
export type TakenSnapshot = {
  id: string;
  commitSha: string;
  status: 'committed' | 'unchanged';
  workflowCount: number;
  unreadable: Unreadable[];
  /** In what git did not have before. */
  secrets: FoundSecret[];
};

/**
 * Keeps all of what an environment has now, as its instance answers, in one commit; approves nothing. Throws a
 * `ProviderError` when the instance cannot be read to the end, and `blocked` for secrets that nobody accepted: then nothing
 * is kept.
 */
export async function snapshotEnvironment(ctx: StoreContext, taking: Taking): Promise<TakenSnapshot> {
  const connected = await connect(ctx, taking.environmentId);
  const { slug } = connected.environment;
  const standing = readStanding(ctx, taking.environmentId, slug);
  try {
    const capture = await captureInstance(ctx, connected, standing);
    return await keep(ctx, { slug, taking, standing: await standing }, capture);
  } catch (error) {
    if (!(error instanceof Outrun)) throw error;
    const capture = await captureInstance(ctx, connected, Promise.resolve(null));
    return keep(ctx, { slug, taking, standing: null }, capture);
  }
}

/** Somebody wrote over what was to be kept as it stood. */
class Outrun extends Error {}

type StandingAt = Standing & { head: string };

/** The last snapshot of what ran, when it is one of ours and it is known what it was read from. */
async function readStanding(ctx: StoreContext, environmentId: string, slug: string): Promise<StandingAt | null> {
  const head = await storeOf(ctx).head(SNAPSHOT_BRANCH, ctx);
  const reading = head && (await ctx.tx((db) => loadReading(db, environmentId)));
  if (!head || !reading) return null;
  // A head that is its own commit is its last one; asking git costs more than the rest of this.
  const asking = head === reading.commitSha ? head : lastCommitOf(ctx, slug, head);
  const [last, manifest] = await Promise.all([asking, readManifestAt(ctx, slug, head)]);
  return last === reading.commitSha && manifest ? { head, manifest, stamps: reading.stamps } : null;
}

type Kept = { slug: string; taking: Taking; standing: StandingAt | null };

async function keep(ctx: StoreContext, { slug, taking, standing }: Kept, capture: Capture): Promise<TakenSnapshot> {
  const { message, trailers, acceptSecrets = true, ...cause } = taking;
  const { files, stamps, unreadable, secrets } = capture;
  if (secrets.length > 0 && !acceptSecrets) throw secretsFound(secrets, 'take the snapshot');
  const author = await committer(ctx);
  const replaced: { manifest: Manifest | null } = { manifest: null };
  const { status, sha } = await commitOnHead(
    storeOf(ctx),
    async (head) => {
      replaced.manifest = head === standing?.head ? standing.manifest : await readManifestAt(ctx, slug, head);
      if (!areStanding(files, replaced.manifest)) throw new Outrun();
      const changes = approve(replaced.manifest, { environment: slug, files, scope: 'all' });
      return { author, message, changes, trailers: { ...trailers, actor: actorTrailer(ctx.actor) } };
    },
    { branch: SNAPSHOT_BRANCH, signal: ctx.signal },
  );
  const commitSha = status === 'committed' ? sha : await lastCommitOf(ctx, slug, sha!);
  const workflows = Object.fromEntries(files.map(({ file, entry }) => [file, entry]));
  const after: Manifest = { format: MANIFEST_FORMAT, workflows };
  const commit = { commitSha, message, before: replaced.manifest, after };
  const { id } =
    status === 'committed'
      ? await note(ctx, cause, commit, stamps)
      : await recordSnapshot(ctx, { ...cause, commitSha }, stamps);
  if (secrets.length > 0) await noteSecrets(ctx, { id, kind: cause.kind, label: message }, secrets);
  return { id, commitSha, status, workflowCount: files.length, unreadable, secrets };
}

type Holding = { id: string; kind: SnapshotKind; label: string };

/** They stay in git: whoever started what took the snapshot may never look at it. */
const noteSecrets = (ctx: StoreContext, { id, kind, label }: Holding, secrets: readonly FoundSecret[]) =>
  ctx.tx(async (db) =>
    db.audit({
      action: 'snapshot.secrets-found',
      target: { type: 'snapshot', id, label },
      details: { kind, secrets: secrets.map(placeOfSecret) },
    }),
  );

const areStanding = (files: readonly ApprovedFile[], manifest: Manifest | null): boolean =>
  files.every(({ file, entry, bytes }) => {
    const there = manifest?.workflows[file];
    return bytes !== null || (there !== undefined && sameDigests(there, entry));
  });

/** Where nothing differed: the branch's head may be another environment's commit. */
async function lastCommitOf(ctx: StoreContext, slug: string, head: string): Promise<string> {
  const [commit] = await storeOf(ctx).log({ ref: head, path: environmentFolder(slug), limit: 1, signal: ctx.signal });
  return commit?.sha ?? head;
}
