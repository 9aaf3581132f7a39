import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canonicalText } from './canonical/document';
import { applyChanges } from './diff/apply-changes';
import { diffWorkflows } from './diff/diff-workflows';
import { partDigests } from './digest/digest';
import { MUTATIONS } from './fixtures/mutations';
import { reverseWorkflow } from './fixtures/shuffle';
import { mergeWorkflows } from './merge/merge-workflows';
import type { JsonObject, Workflow } from './model';
import { readWorkflow } from './read/read-workflow';
import { describeChanges } from './sentences/describe-changes';
import { sentenceText } from './sentences/sentence';

/** A collection of real workflows beside the repository; without it this suite has nothing to do. */
const folder = fileURLToPath(new URL('../../../shared/data/workflows/', import.meta.url));
const files = existsSync(folder)
  ? readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'index.json')
  : [];
const bodies = files.map((file) => ({ file, body: JSON.parse(readFileSync(folder + file, 'utf8')) as JsonObject }));

function read(json: unknown): Workflow {
  return readWorkflow(json).workflow!;
}

describe.runIf(files.length > 0)('real workflows', { timeout: 60_000 }, () => {
  it('are all read, and round-trip through the canonical form', () => {
    for (const { file, body } of bodies) {
      const workflow = read(body);
      const again = read(JSON.parse(canonicalText(workflow)));
      expect(canonicalText(again), file).toBe(canonicalText(workflow));
      expect(partDigests(again), file).toEqual(partDigests(workflow));
      expect(diffWorkflows(workflow, { ...again, name: workflow.name }), file).toEqual([]);
    }
  });

  it('do not depend on the order of nodes and keys', () => {
    for (const { file, body } of bodies) {
      expect(canonicalText(read(reverseWorkflow(body))), file).toBe(canonicalText(read(body)));
    }
  });

  it.each(MUTATIONS)('with one edit give exactly that edit: $name', ({ edit, expected }) => {
    let edits = 0;
    for (const { file, body } of bodies) {
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
    expect(edits).toBeGreaterThan(files.length * 0.9);
  });

  it('turn into any other by the changes between them, each with a sentence', () => {
    bodies.forEach(({ file, body }, index) => {
      const [before, after] = [read(body), read(bodies[(index + 7) % bodies.length]!.body)];
      const changes = diffWorkflows(before, after);
      expect(canonicalText(applyChanges(before, changes)), file).toBe(canonicalText(after));
      for (const sentence of describeChanges(changes, after))
        expect(sentenceText(sentence), file).toMatch(/\S.*\s.*\S/);
    });
  });

  it('merge without conflict when only one side changed', () => {
    bodies.forEach(({ file, body }, index) => {
      const [base, other] = [read(body), read(bodies[(index + 3) % bodies.length]!.body)];
      const merged = mergeWorkflows(base, base, other);
      expect(merged.conflicts, file).toEqual([]);
      expect(canonicalText(merged.workflow), file).toBe(canonicalText(other));
    });
  });
});
