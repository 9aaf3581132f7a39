import { describe, expect, it } from 'vitest';
import { type DraftRow, draftRows } from './draft-rows';

const row = (workflowId: string, change: DraftRow['change'], name = workflowId): DraftRow => ({
  ...{ workflowId, name, change },
  lineageId: null,
  why: '',
  active: { source: true, target: null },
  n8nUpdatedAt: null,
});
const rows = [row('a', 'unchanged', 'Alert router'), row('b', 'added', 'Invoice OCR'), row('c', 'conflict', 'Refunds')];
const ids = (filter: Parameters<typeof draftRows>[2], ...ticked: string[]) =>
  draftRows(rows, new Set(ticked), filter).map(({ workflowId }) => workflowId);

describe('what a promotion can be chosen from', () => {
  it('is what differs, and what needs a decision comes first', () => {
    expect(ids({ search: '', differing: true })).toEqual(['c', 'b']);
  });

  it('is all of the source when asked for', () => {
    expect(ids({ search: '', differing: false })).toEqual(['c', 'b', 'a']);
  });

  it('is found by a part of its name, in any case', () => {
    expect(ids({ search: ' ocr', differing: true })).toEqual(['b']);
  });

  it('never hides what is ticked', () => {
    expect(ids({ search: 'nothing like it', differing: true }, 'a')).toEqual(['a']);
  });
});
