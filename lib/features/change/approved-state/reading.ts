import { blocked } from '@/lib/core/errors';
import { pacer } from '@/lib/kernel/pace';
import type { Ref } from '@/lib/ports/snapshot-store';
import type { Workflow } from '@/lib/workflow/model';
import { manifestPath, readApprovedWorkflow, readManifest, workflowPath } from './model';
import type { Manifest } from './schema';
import { type StoreContext, storeOf } from './store-context';

/** So many files are held at once as bytes. */
const BATCH = 200;

/** The manifest of an environment at a commit; null when there is none. Throws `blocked` for one that is unreadable. */
export async function readManifestAt(ctx: StoreContext, slug: string, ref: Ref | null): Promise<Manifest | null> {
  const bytes = ref && (await storeOf(ctx).readFile(ref, manifestPath(slug), ctx));
  if (!bytes) return null;
  const manifest = readManifest(bytes);
  if (!manifest) throw manifestUnreadable(slug);
  return manifest;
}

/** It is never written over: what it meant may still be wanted. */
const manifestUnreadable = (slug: string) =>
  blocked(
    `${manifestPath(slug)} in the git store is not a manifest: somebody changed it by hand. Nothing was written.`,
    'manifest_unreadable',
    'Take that file back to an earlier commit, or remove it to begin anew.',
  );

/** The workflows of an environment at a commit, by file name; null for a file that is none, nothing for none at all. */
export async function readWorkflowsAt(
  ctx: StoreContext,
  slug: string,
  ref: Ref,
  files: readonly string[],
): Promise<Map<string, Workflow | null>> {
  const pace = pacer();
  const workflows = new Map<string, Workflow | null>();
  for (let start = 0; start < files.length; start += BATCH) {
    const paths = new Map(files.slice(start, start + BATCH).map((file) => [workflowPath(slug, file), file]));
    for (const [path, bytes] of await storeOf(ctx).readFiles(ref, [...paths.keys()], ctx)) {
      workflows.set(paths.get(path)!, readApprovedWorkflow(bytes));
      await pace();
    }
  }
  return workflows;
}
