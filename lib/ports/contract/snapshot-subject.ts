import type { Changes, CommitRequest, SnapshotStore } from '../snapshot-store';

/** What an implementation brings to be held to the contract. */
export type SnapshotHarness = {
  /** An empty repository; each call of what it returns gives another store on the same repository. */
  newRepository(): Promise<() => SnapshotStore>;
  /** Throws when a repository made by this harness is not sound (`git fsck --strict` and the like). */
  verify(): Promise<void>;
  close(): Promise<void>;
};

/** The implementation under test, and the little language that the contract is written in. */
export class SnapshotSubject {
  harness!: SnapshotHarness;

  start(harness: SnapshotHarness): void {
    this.harness = harness;
  }

  async close(): Promise<void> {
    await this.harness?.close();
  }

  async store(): Promise<SnapshotStore> {
    return (await this.harness.newRepository())();
  }
}

export const ANN = { name: 'Ann Żółć', email: 'ann@example.test' };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Changes from texts. */
export const files = (texts: Record<string, string | null>): Changes =>
  new Map(Object.entries(texts).map(([path, text]) => [path, text === null ? null : encoder.encode(text)]));

/** A whole request from what a case is about. */
export const by = (
  expectedHead: string | null,
  texts: Record<string, string | null>,
  more: Partial<CommitRequest> = {},
): CommitRequest => ({
  expectedHead,
  changes: files(texts),
  author: ANN,
  message: 'Save',
  trailers: { actor: 'user:1' },
  ...more,
});

/** Commits, and gives the SHA of a commit that was really made. */
export async function committed(store: SnapshotStore, request: CommitRequest): Promise<string> {
  const result = await store.commit(request);
  if (result.status !== 'committed') throw new Error('Nothing was committed.');
  return result.sha;
}

export async function textAt(store: SnapshotStore, ref: string, path: string): Promise<string | null> {
  const bytes = await store.readFile(ref, path);
  return bytes && decoder.decode(bytes);
}
