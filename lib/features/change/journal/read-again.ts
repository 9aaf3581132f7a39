import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { isInState, targetOf } from '../change-plans/target';
import type { Execution } from './execution';

/** A page of a list costs an instance about as much as so many single reads. */
const READS_PER_PAGE = 20;

/**
 * Looks once more at what this attempt has read whole: a list that shows that nothing moved since is as good as reading
 * it again. Whatever it does not show so is read by itself.
 */
export async function readAgain(x: Execution, keys: readonly string[]): Promise<void> {
  const unmoved = await listUnmoved(x, keys);
  await x.readAll(keys.filter((key) => !unmoved.has(key)));
}

async function listUnmoved(x: Execution, keys: readonly string[]): Promise<Set<string>> {
  const known = new Map(
    keys.flatMap((key) => {
      const seen = x.lastSeen.get(key);
      // A creation whose answer was lost was found in a list.
      return seen && !seen.listed ? [[seen.id, key] as const] : [];
    }),
  );
  const unmoved = new Set<string>();
  let pages = Math.floor(known.size / READS_PER_PAGE);
  if (pages === 0) return unmoved;
  x.pause();
  for await (const { items } of x.provider.listWorkflows(x.call)) {
    for (const row of items) {
      const key = known.get(row.id);
      if (key && isUnmoved(x.lastSeen.get(key)!, row)) unmoved.add(key);
    }
    pages -= 1;
    if (pages === 0 || unmoved.size === known.size) break;
  }
  return unmoved;
}

/** Every save moves version or time; the rest shows in the state. Lists leave descriptions out. */
const isUnmoved = (seen: RemoteWorkflow, row: RemoteWorkflow): boolean =>
  row.versionId === seen.versionId && row.updatedAt === seen.updatedAt && isInState(seen, targetOf(row));
