import { type SnapshotFailure, SnapshotStoreError } from '@/lib/ports/snapshot-failure';

const DETAILS: Record<Exclude<SnapshotFailure, 'too_large' | 'timeout'>, string> = {
  busy: 'Another process holds the store; try again.',
  damaged: 'The store is damaged: put it back from a backup, and look at it with git fsck.',
  unavailable: 'The store cannot be used; check the owner and the free space of the data directory.',
};

/** Git says what went wrong in words only; `LC_ALL=C` keeps them the same everywhere. First match wins. */
const SIGNS: readonly (readonly [RegExp, keyof typeof DETAILS])[] = [
  [/\.lock': File exists/, 'busy'],
  [/No space left|Permission denied|Read-only file system|Disk quota exceeded|Input\/output error/, 'unavailable'],
  [/corrupt|bad object|bad tree object|invalid object|unable to read|missing (?:blob|tree|commit)|inflate/, 'damaged'],
];

/** Git ran and failed. Its words go to the log as the cause: they may name folders of the machine. */
export function explainExit(command: string, code: number | null, stderr: string): SnapshotStoreError {
  const failure = SIGNS.find(([sign]) => sign.test(stderr))?.[1] ?? 'unavailable';
  return new SnapshotStoreError(failure, DETAILS[failure], new Error(`git ${command} (${code}): ${stderr.trim()}`));
}

export const damaged = (cause: Error) => new SnapshotStoreError('damaged', DETAILS.damaged, cause);

/** Git did not even start. */
export function explainStart(cause: Error & { code?: string }): SnapshotStoreError {
  const detail =
    cause.code === 'ENOENT' ? 'git is not installed on the server; install it and try again.' : DETAILS.unavailable;
  return new SnapshotStoreError('unavailable', detail, cause);
}
