import { setTimeout as sleep } from 'node:timers/promises';
import { SnapshotConflict } from './snapshot-failure';
import { type CommitRequest, type CommitResult, MAIN, type SnapshotStore } from './snapshot-store';
import type { Call } from './workflow-provider';

/** Of n writers that meet, one gets through each round; this many rounds serve more writers than a tenant has. */
const ATTEMPTS = 12;
const BASE_MS = 20;
const CAP_MS = 1_000;

/** What to commit on the head that was just read. */
export type Draft = Omit<CommitRequest, 'expectedHead' | 'branch'>;

type Options = Call & {
  /** Default: `main`. */
  branch?: string;
  attempts?: number;
};

/**
 * Commits on whatever the head is: when another writer was first, reads and decides again. `decide` may therefore run
 * several times and must take everything it depends on from the head it is given; null means that nothing is to be done.
 * Rejects with the last `SnapshotConflict` when others were first every time.
 */
export async function commitOnHead(
  store: SnapshotStore,
  decide: (head: string | null) => Promise<Draft | null>,
  { branch = MAIN, attempts = ATTEMPTS, signal }: Options = {},
): Promise<CommitResult> {
  for (let attempt = 1; ; attempt++) {
    const head = await store.head(branch, { signal });
    const draft = await decide(head);
    if (!draft) return { status: 'unchanged', sha: head };
    try {
      return await store.commit({ ...draft, branch, expectedHead: head }, { signal });
    } catch (error) {
      if (!(error instanceof SnapshotConflict) || attempt >= attempts) throw error;
    }
    // Full jitter: writers that met must not march in step.
    await sleep(Math.random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt), undefined, { signal }).catch(() => {});
    signal?.throwIfAborted();
  }
}
