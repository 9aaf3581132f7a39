import { expect, test } from 'vitest';
import type { ApprovedEntry } from '@/lib/features/change/approved-state/service';
import { pairUp, type SeenRow } from './pairing';

const entry = (lineageId: string, day: number) =>
  ({ lineageId, n8nId: 'x', approvedAt: new Date(Date.UTC(2026, 10, day)) }) as ApprovedEntry;
const rows = [{ id: 'w', n8nId: 'x', presence: 'present', archived: false } as SeenRow];
const linkedTo = (lineageId: string) => [{ workflowId: 'w', lineageId, status: 'linked' as const }];
const held = (entries: ApprovedEntry[], links: ReturnType<typeof linkedTo>) => {
  const { pairs, unmanaged } = pairUp(entries, { rows, links });
  return [pairs.map((pair) => pair.entry.lineageId), unmanaged];
};

test('a workflow that is approved twice is held to the lineage it is linked to, and else to the newer', () => {
  const both = [entry('old', 1), entry('new', 2)];
  for (const entries of [both, both.toReversed()]) {
    expect(held(entries, linkedTo('old'))).toEqual([['old'], []]);
    expect(held(entries, linkedTo('new'))).toEqual([['new'], []]);
    expect(held(entries, [])).toEqual([['new'], []]);
  }
});
