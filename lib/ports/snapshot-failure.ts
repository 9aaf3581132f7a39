import { AppError } from '@/lib/core/errors';

/** Why a snapshot store could not do what it was asked, by meaning. Transient: the same call may succeed later. */
export const SNAPSHOT_FAILURES = {
  /** Nothing usable there: git is missing, the disk is full or read-only, the remote does not answer. */
  unavailable: { transient: true },
  timeout: { transient: true },
  /** Another process holds the repository; nothing was done. */
  busy: { transient: true },
  /** The answer is larger than what is read at once. */
  too_large: { transient: false },
  /** Objects are missing or broken. */
  damaged: { transient: false },
} as const satisfies Record<string, { transient: boolean }>;

export type SnapshotFailure = keyof typeof SNAPSHOT_FAILURES;

/** Every failure of a snapshot store: an `upstream` problem whose `code` is `store_` and the failure's name. */
export class SnapshotStoreError extends AppError {
  readonly failure: SnapshotFailure;

  constructor(failure: SnapshotFailure, detail: string, cause?: unknown) {
    const status = SNAPSHOT_FAILURES[failure].transient ? 503 : undefined;
    super('upstream', detail, { code: `store_${failure}`, status, cause });
    this.name = 'SnapshotStoreError';
    this.failure = failure;
  }

  get transient(): boolean {
    return SNAPSHOT_FAILURES[this.failure].transient;
  }
}

/** The head is not the one that was expected, so nothing was written: read again and apply again. */
export class SnapshotConflict extends AppError {
  constructor(
    readonly expectedHead: string | null,
    readonly actualHead: string | null,
  ) {
    super('conflict', 'The approved state moved while it was being written.', { code: 'head_moved' });
    this.name = 'SnapshotConflict';
  }
}
