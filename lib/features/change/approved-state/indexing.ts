import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, conflict } from '@/lib/core/errors';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { pacer } from '@/lib/kernel/pace';
import {
  describeWorkflow,
  environmentFolder,
  judgeApprovedState,
  placeOf,
  unreadableManifest,
  workflowFolder,
} from './model';
import { readManifestAt, readWorkflowsAt } from './reading';
import type { Manifest, ManifestEntry } from './schema';
import { type ApprovedEntry, type ApprovedIndex, readApprovedIndex, replaceIndex, toColumns, toEntry } from './store';
import { type StoreContext, storeOf } from './store-context';

/** Of two that bring the index up to date at once, one is told to look again; so it may be as often as there are others. */
const ATTEMPTS = 20;
/** Those who lost wait up to so long, times the attempts they have made, so that they do not meet again. */
const PAUSE_MS = 25;

/** What a commit of ours put there, so that it need not be read back: the entries by file name. */
type Written = { sha: string; entries: ReadonlyMap<string, ManifestEntry>; keepsDate?: boolean };

/**
 * What git holds for an environment now; null without a baseline. The index is brought up to git's head first, whoever
 * moved it: another process, one that was killed before it could, or somebody's push. Throws `blocked` for a manifest
 * that is unreadable.
 */
export async function refreshApprovedIndex(
  ctx: StoreContext,
  environmentId: string,
  written?: Written,
): Promise<ApprovedIndex | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { slug, known } = await ctx.tx(async (db) => ({
      slug: (await getEnvironmentRow(db, environmentId)).slug,
      known: await readApprovedIndex(db, environmentId),
    }));
    const head = await storeOf(ctx).head(undefined, ctx);
    if (head === (known?.headSha ?? null)) return known;
    const next = head === null ? null : await readIndex(ctx, { environmentId, slug, head, known, written });
    if (!known && !next) return null;
    const won = await ctx.tx(async (db) => {
      if (!(await replaceIndex(db, environmentId, known?.headSha ?? null, next))) return false;
      if (next?.commitSha !== known?.commitSha) {
        db.emit({ type: 'approved.changed', subject: environmentId, payload: { environmentId } });
      }
      return true;
    });
    if (won) return next;
    await sleep(Math.random() * PAUSE_MS * (attempt + 1));
  }
  throw conflict('The approved state moves faster than it can be read. Try again.', 'approved_state_moving');
}

type Reading = {
  environmentId: string;
  slug: string;
  head: string;
  known: ApprovedIndex | null;
  written?: Written;
};

async function readIndex(ctx: StoreContext, reading: Reading): Promise<ApprovedIndex | null> {
  const { slug, head, known } = reading;
  const isOurs = reading.written?.sha === head;
  if (known && !isOurs && (await isUntouched(ctx, slug, known.headSha, head))) {
    const problems = known.problems.filter(({ code }) => code !== 'manifest_unreadable');
    return { ...known, headSha: head, problems };
  }
  const manifest = await readManifest(ctx, reading);
  if (!manifest) return null;
  const [commit] = await storeOf(ctx).log({ ref: head, path: environmentFolder(slug), limit: 1, signal: ctx.signal });
  const { sha: commitSha, committedAt, subject: message, author, trailers } = commit!;
  const approvedAt = new Date(committedAt);
  const { entries, blobs } = await readEntries(ctx, reading, manifest);
  const judged = judgeApprovedState(slug, manifest, entries);
  const before = new Map(known?.entries.map((entry) => [entry.lineageId, entry]));
  return {
    headSha: head,
    commitSha,
    approvedAt,
    message,
    by: { name: author.name, actor: trailers.actor ?? null },
    problems: judged.problems,
    entries: [...judged.entries].flatMap(([file, entry]): ApprovedEntry[] => {
      const { lineageId } = entry;
      if (!lineageId) return [];
      const now = { ...toColumns(entry), lineageId, file, blobId: blobs.get(file)!, commitSha, approvedAt };
      const then = before.get(lineageId);
      // Under another name of its file a workflow is still what it was.
      const same = then?.blobId === now.blobId && then.n8nId === now.n8nId;
      if (same) return [{ ...now, commitSha: then.commitSha, approvedAt: then.approvedAt }];
      return [then && isOurs && reading.written?.keepsDate ? { ...now, approvedAt: then.approvedAt } : now];
    }),
  };
}

/** A head that moved for other environments, or one that was taken away by a forced push. */
async function isUntouched(ctx: StoreContext, slug: string, from: string, to: string): Promise<boolean> {
  try {
    return (await storeOf(ctx).diff(from, to, { folder: environmentFolder(slug), signal: ctx.signal })).length === 0;
  } catch (error) {
    if (error instanceof AppError && error.kind === 'not_found') return false;
    throw error;
  }
}

/** An unreadable one stops everything, and the index says why it stands still. */
async function readManifest(ctx: StoreContext, { environmentId, slug, head }: Reading): Promise<Manifest | null> {
  try {
    return await readManifestAt(ctx, slug, head);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'manifest_unreadable') throw error;
    const problems = [unreadableManifest(slug)];
    await ctx.tx((db) => db.approvedEnvironment.updateMany({ where: { environmentId }, data: { problems } }));
    throw error;
  }
}

/** What every file there is holds; only bytes that nobody has looked at yet are read. */
async function readEntries(ctx: StoreContext, { slug, head, known, written }: Reading, manifest: Manifest) {
  const tree = await storeOf(ctx).readTree(head, workflowFolder(slug), ctx);
  const blobs = new Map(tree.flatMap(({ path, blobId }) => [[placeOf(path)?.file ?? path, blobId] as const]));
  const read = new Map(known?.entries.map((entry) => [entry.blobId, entry]));
  const entries = new Map<string, ManifestEntry | null>();
  const unread: string[] = [];
  for (const [file, blobId] of blobs) {
    const ids = idsOf(manifest, file);
    const seen = read.get(blobId);
    const own = written?.sha === head ? written.entries.get(file) : undefined;
    if (seen) entries.set(file, { ...toEntry(seen), ...ids });
    else if (own) entries.set(file, own);
    else if (manifest.workflows[file]) unread.push(file);
    else entries.set(file, null);
  }
  const pace = pacer();
  for (const [file, workflow] of await readWorkflowsAt(ctx, slug, head, unread)) {
    entries.set(file, workflow && describeWorkflow(workflow, idsOf(manifest, file)));
    await pace();
  }
  return { entries, blobs };
}

const idsOf = (manifest: Manifest, file: string) => {
  const { lineageId = null, n8nId = null } = manifest.workflows[file] ?? {};
  return { lineageId, n8nId };
};
