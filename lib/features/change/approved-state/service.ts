import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { pacer } from '@/lib/kernel/pace';
import type { Trailers } from '@/lib/ports/commit-message';
import { commitOnHead } from '@/lib/ports/commit-on-head';
import type { Workflow } from '@/lib/workflow/model';
import { actorTrailer } from './author';
import { refreshApprovedIndex } from './indexing';
import {
  type ApprovedFile,
  type ApprovedWorkflow,
  approve,
  toApprovedFile,
  workflowFolder,
  workflowPath,
} from './model';
import { readManifestAt, readWorkflowsAt } from './reading';
import type { Manifest } from './schema';
import type { ApprovedEntry } from './store';
import { committer, type StoreContext, storeOf } from './store-context';

export { refreshApprovedIndex } from './indexing';
export { type ApprovedEntry, type ApprovedIndex, readApprovedIndex } from './store';
export { type StoreContext, storeContext } from './store-context';

export type ApproveRequest = {
  environmentId: string;
  /** As they stand, or should stand, on this environment's own instance: with its ids and credentials. */
  workflows: readonly ApprovedWorkflow[];
  /** `all`: what is not among them is not approved any more. */
  scope: 'these' | 'all';
  /** Lineages that the environment should not run any more. */
  removed?: readonly string[];
  /** n8n's ids of what went to the archive: approved no more, whichever lineage it was approved under. */
  archived?: readonly string[];
  /** n8n's ids of what stands there and could not be read: it stays as it is approved. */
  unread?: readonly string[];
  /** Nothing but ids moved: since when each is approved stays, and with it what was done to it since, with a reason. */
  keepsDate?: boolean;
  /** Asked right before each commit; throws when what was read is of the past. */
  confirm?: (base: Base) => Promise<void>;
  message: string;
  /** What it was for; who acted is added. */
  trailers?: Omit<Trailers, 'actor'>;
};

/** `sha` is the commit that made the environment's approved state what it is. */
export type ApproveResult = { sha: string; status: 'committed' | 'unchanged' };

/**
 * Makes it the approved state of an environment: one commit, or none where nothing differs, then its index. Safe to do
 * again after being killed anywhere. Throws `blocked` for an unreadable manifest, `SnapshotConflict` when others were
 * first too often, and what `confirm` does.
 */
export async function approveWorkflows(ctx: StoreContext, request: ApproveRequest): Promise<ApproveResult> {
  const { environmentId, scope, removed, archived, unread, keepsDate, confirm, message, trailers } = request;
  const { slug } = await ctx.tx((db) => getEnvironmentRow(db, environmentId));
  const files = await toFiles(request.workflows);
  const author = await committer(ctx);
  const result = await commitOnHead(
    storeOf(ctx),
    async (head) => {
      const standing = await readManifestAt(ctx, slug, head);
      await confirm?.({ slug, head, manifest: standing });
      const changes = approve(standing, { environment: slug, files, scope, removed, archived, unread });
      return { author, message, changes, trailers: { ...trailers, actor: actorTrailer(ctx.actor) } };
    },
    ctx,
  );
  const entries = new Map(files.map(({ file, entry }) => [file, entry]));
  const index = await refreshApprovedIndex(ctx, environmentId, { sha: result.sha!, entries, keepsDate });
  return { sha: result.status === 'committed' ? result.sha : (index?.commitSha ?? result.sha!), status: result.status };
}

/** What a commit is about to be made on. */
export type Base = { slug: string; head: string | null; manifest: Manifest | null };

/** Those that it holds otherwise than they were read: other bytes, another id on the instance, or not at all. */
export async function movedSince(
  ctx: StoreContext,
  { slug, head, manifest }: Base,
  entries: readonly ApprovedEntry[],
): Promise<readonly ApprovedEntry[]> {
  if (entries.length === 0 || !head) return entries;
  const tree = await storeOf(ctx).readTree(head, workflowFolder(slug), ctx);
  const blobs = new Map(tree.map(({ path, blobId }) => [path, blobId]));
  const listed = Object.entries(manifest?.workflows ?? {});
  return entries.filter(({ lineageId, n8nId, blobId }) => {
    const [file, now] = listed.find(([, one]) => one.lineageId === lineageId) ?? [];
    return now?.n8nId !== n8nId || blobs.get(workflowPath(slug, file!)) !== blobId;
  });
}

/** Canonical form and digests of a thousand workflows take a second or two, in which others want their turn. */
async function toFiles(workflows: readonly ApprovedWorkflow[]): Promise<ApprovedFile[]> {
  const pace = pacer();
  const files: ApprovedFile[] = [];
  for (const workflow of workflows) {
    files.push(toApprovedFile(workflow));
    await pace();
  }
  return files;
}

/**
 * The approved versions of some lineages, or of all: with the references of the environment's own instance. A lineage
 * that has none, or whose file is no workflow, is not among them.
 */
export async function readApprovedWorkflows(
  ctx: StoreContext,
  environmentId: string,
  lineageIds?: readonly string[],
): Promise<Map<string, Workflow>> {
  const index = await refreshApprovedIndex(ctx, environmentId);
  const wanted = index?.entries.filter(({ lineageId }) => !lineageIds || lineageIds.includes(lineageId)) ?? [];
  if (!index || wanted.length === 0) return new Map();
  const { slug } = await ctx.tx((db) => getEnvironmentRow(db, environmentId));
  const files = wanted.map(({ file }) => file);
  const workflows = await readWorkflowsAt(ctx, slug, index.headSha, files);
  return new Map(
    wanted.flatMap(({ file, lineageId }) => {
      const workflow = workflows.get(file);
      return workflow ? [[lineageId, workflow] as const] : [];
    }),
  );
}
