import type { ApprovedEntry, ApprovedIndex } from '@/lib/features/change/approved-state/service';
import type { Connected } from '@/lib/features/connections/environments/service';
import { observe } from '@/lib/features/inventory/workflows/observe';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { differs, fingerprintOf, type ObservedTarget, unmanagedFingerprint } from '../drift-detection/model';
import { pairUp, readSeen } from '../drift-detection/pairing';
import type { Resolution } from '../incidents/model';
import type { TargetRow } from './store';

/** One workflow of a resolution as it is right now. */
export type Target = {
  row: TargetRow;
  /** Null: nobody approved it. */
  entry: ApprovedEntry | null;
  /** Null: the instance says that it is not there. */
  remote: RemoteWorkflow | null;
};
export type SecondLook = {
  targets: Target[];
  /** Names of those that are neither as they were decided on nor already as approved. */
  moved: string[];
};

const CONCURRENT_QUESTIONS = 4;

/**
 * Asks the instance for each workflow of a resolution, and compares with what was decided on. One that is as approved
 * already counts as unmoved: an earlier attempt of the same job may have come so far. What nobody had approved has moved
 * once somebody approved or ignored it.
 */
export async function lookAgain(
  ctx: JobContext,
  { environment, provider }: Connected,
  approved: ApprovedIndex,
  { resolution, rows }: { resolution: Resolution; rows: readonly TargetRow[] },
): Promise<SecondLook> {
  const { signal } = ctx;
  const entries = new Map(approved.entries.map((entry) => [entry.lineageId, entry]));
  const since = rows.some(wasUnmanaged) ? await decidedSince(ctx, environment.id, approved) : null;
  const read = (n8nId?: string | null) => (n8nId ? provider.getWorkflow(n8nId, { signal }) : null);
  const look = async (row: TargetRow): Promise<Target> => {
    const entry = entries.get(row.key) ?? (wasUnmanaged(row) ? (since?.approved.get(row.n8nId) ?? null) : null);
    const remote = await read(row.n8nId);
    // What was deleted when this was decided may have been released anew since, under another id.
    const isAnew = !remote && entry?.n8nId !== row.n8nId;
    return { row, entry, remote: isAnew ? await read(entry?.n8nId) : remote };
  };
  const targets: Target[] = [];
  for (let start = 0; start < rows.length; start += CONCURRENT_QUESTIONS) {
    signal.throwIfAborted();
    const asked = rows.slice(start, start + CONCURRENT_QUESTIONS);
    targets.push(...(await Promise.all(asked.map(look))));
  }
  const isTaken = ({ row, entry }: Target) =>
    wasUnmanaged(row) && ((entry && resolution !== 'keep') || since?.ignored.has(row.workflowId));
  const moved = targets.filter((target) => isTaken(target) || !isUnmoved(target)).map(({ row }) => row.name);
  return { targets, moved };
}

/** Its key is no lineage: nobody had approved it when this was decided. */
const wasUnmanaged = ({ key }: TargetRow): boolean => key.startsWith('n8n:');

/** What is approved by now, by n8n's id and paired as a check does, and the ids of what somebody ignores. */
async function decidedSince({ tx }: JobContext, environmentId: string, { entries }: ApprovedIndex) {
  const seen = await tx((db) => readSeen(db, environmentId));
  const { pairs } = pairUp(entries, seen);
  return {
    approved: new Map<string | null, ApprovedEntry>(
      pairs.flatMap((one) => (one.seen ? [[one.seen.n8nId, one.entry]] : [])),
    ),
    ignored: new Set<string | null>(seen.links.flatMap((one) => (one.status === 'ignored' ? one.workflowId : []))),
  };
}

function isUnmoved(target: Target): boolean {
  const { remote } = target;
  if (!remote) return matches(target, null);
  return readingsOf(remote).some((reading) => matches(target, observe(reading).columns));
}

/** With its description, and without: what is approved, or was decided on, may say nothing of one. */
export function readingsOf(remote: RemoteWorkflow): RemoteWorkflow[] {
  const { description, ...document } = remote.document;
  return description ? [remote, { ...remote, document }] : [remote];
}

function matches({ row, entry }: Target, observed: ObservedTarget | null): boolean {
  if (!entry) {
    const gone = observed === null || observed.archived;
    return gone || row.fingerprint === unmanagedFingerprint(row.key, observed);
  }
  if (observed && !differs(entry, observed)) return true;
  return row.fingerprint === fingerprintOf(row.key, entry, observed);
}

/** Under the file that it has in git, whatever the lineage is called now. */
export const lineageOf = ({ lineageId, file }: ApprovedEntry) => ({
  id: lineageId,
  slug: file.replace(/-[0-9a-f]{8}\.json$/, ''),
});
