import { afterAll, beforeAll, describe, it } from 'vitest';
import { testSnapshotRefusals } from './contract/snapshot-refusals';
import { type SnapshotHarness, SnapshotSubject } from './contract/snapshot-subject';
import { testSnapshotWriters } from './contract/snapshot-writers';
import { testSnapshotHistory } from './contract/snapshots';

/** Generous: a store starts processes or asks a network, on a machine that may be busy. */
const TIMEOUT_MS = 60_000;

/** Every implementation of the port passes this. */
export function describeSnapshotStore(name: string, start: () => Promise<SnapshotHarness>): void {
  describe(`${name} as a snapshot store`, { timeout: TIMEOUT_MS }, () => {
    const subject = new SnapshotSubject();
    beforeAll(async () => subject.start(await start()));
    afterAll(() => subject.close());

    testSnapshotHistory(subject);
    testSnapshotWriters(subject);
    testSnapshotRefusals(subject);
    it('every repository of this suite is sound', () => subject.harness.verify());
  });
}
