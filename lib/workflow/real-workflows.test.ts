import { describe, expect, it } from 'vitest';
import { canonicalText } from './canonical/document';
import { applyChanges } from './diff/apply-changes';
import { diffWorkflows } from './diff/diff-workflows';
import { partDigests } from './digest/digest';
import { MUTATIONS } from './fixtures/mutations';
import { realBodies } from './fixtures/real-workflows.fixture';
import { reverseWorkflow } from './fixtures/shuffle';
import { mergeWorkflows } from './merge/merge-workflows';
import type { Workflow } from './model';
import { readWorkflow } from './read/read-workflow';
import { describeChanges } from './sentences/describe-changes';
import { sentenceText } from './sentences/sentence';

const bodies = realBodies();

function read(json: unknown): Workflow {
  return readWorkflow(json).workflow!;
}

describe.runIf(bodies.length > 0)('real workflows', { timeout: 60_000 }, () => {
  it('are all read, and round-trip through the canonical form', () => {
    for (const [file, body] of bodies) {
      const workflow = read(body);
      const again = read(JSON.parse(canonicalText(workflow)));
      expect(canonicalText(again), file).toBe(canonicalText(workflow));
      expect(partDigests(again), file).toEqual(partDigests(workflow));
      expect(diffWorkflows(workflow, { ...again, name: workflow.name }), file).toEqual([]);
    }
  });

  it('do not depend on the order of nodes and keys', () => {
    for (const [file, body] of bodies) {
      expect(canonicalText(read(reverseWorkflow(body))), file).toBe(canonicalText(read(body)));
    }
  });

  it.each(MUTATIONS)('with one edit give exactly that edit: $name', ({ edit, expected }) => {
    let edits = 0;
    for (const [file, body] of bodies) {
      const draft = structuredClone(body);
      if (!edit(draft)) continue;
      edits += 1;
      const [before, after] = [read(body), read(draft)];
      const changes = diffWorkflows(before, after);
      expect(
        changes.map((change) => [change.kind, change.class]),
        file,
      ).toEqual(expected);
      expect(canonicalText(applyChanges(before, changes)), file).toBe(canonicalText(after));
    }
    expect(edits).toBeGreaterThan(bodies.length * 0.9);
  });

  it('turn into any other by the changes between them, each with a sentence', () => {
    bodies.forEach(([file, body], index) => {
      const [before, after] = [read(body), read(bodies[(index + 7) % bodies.length]![1])];
      const changes = diffWorkflows(before, after);
      expect(canonicalText(applyChanges(before, changes)), file).toBe(canonicalText(after));
      for (const sentence of describeChanges(changes, after))
        expect(sentenceText(sentence), file).toMatch(/\S.*\s.*\S/);
    });
  });

  it('merge without conflict when only one side changed', () => {
    bodies.forEach(([file, body], index) => {
      const [base, other] = [read(body), read(bodies[(index + 3) % bodies.length]![1])];
      const merged = mergeWorkflows(base, base, other);
      expect(merged.conflicts, file).toEqual([]);
      expect(canonicalText(merged.workflow), file).toBe(canonicalText(other));
    });
  });
});
