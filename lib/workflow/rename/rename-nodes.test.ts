import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../canonical/document';
import { tidyWorkflow } from '../fixtures/arbitrary-workflow';
import { holds } from '../fixtures/property';
import { readWorkflow } from '../read/read-workflow';
import { renameNodes } from './rename-nodes';
import { renameReferences } from './rename-references';

const renames = new Map([
  ['Old', 'New'],
  ["It's", 'Its'],
  ['Swap', 'Other'],
  ['Other', 'Swap'],
]);

describe('references that follow a rename', () => {
  it.each([
    ["={{ $('Old').item.json.a }}", "={{ $('New').item.json.a }}"],
    ['={{ $("Old").all() }}', '={{ $("New").all() }}'],
    ['={{ $(`Old`).first() }}', '={{ $(`New`).first() }}'],
    ['={{ $node["Old"].json }}', '={{ $node["New"].json }}'],
    ["={{ $node['Old'].json }}", "={{ $node['New'].json }}"],
    ['={{ $node.Old.json }}', '={{ $node.New.json }}'],
    ['={{ $items("Old", 0) }}', '={{ $items("New", 0) }}'],
    ["return $('It\\'s').all()", "return $('Its').all()"],
    ["$('Swap') + $('Other')", "$('Other') + $('Swap')"],
    ["$('Older') $(Old) 'Old' $json.Old", "$('Older') $(Old) 'Old' $json.Old"],
  ])('%s', (before, after) => {
    expect(renameReferences({ text: [before] }, renames)).toEqual({ text: [after] });
  });

  it('quotes a new name where it needs it', () => {
    const awkward = new Map([['Old', `a "b" c's \\`]]);
    expect(renameReferences(`$('Old') $("Old") $node.Old`, awkward)).toBe(
      `$('a "b" c\\'s \\\\') $("a \\"b\\" c's \\\\") $node["a \\"b\\" c's \\\\"]`,
    );
  });

  it('does not reach into an inline sub-workflow, whose names are its own', () => {
    const inline = { workflowJson: JSON.stringify({ nodes: [{ parameters: { a: "={{ $('Old').item }}" } }] }) };
    expect(renameReferences(inline, renames)).toBe(inline);
  });

  it('takes time in proportion to the text, whatever the text', () => {
    const hostile = `${"$('\\".repeat(50_000)}${'$("'.repeat(50_000)}${'$(   '.repeat(50_000)}`;
    const start = performance.now();
    renameReferences(hostile, renames);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('renaming nodes', { timeout: 60_000 }, () => {
  it('and back restores the workflow', () => {
    holds(
      fc.property(tidyWorkflow, (workflow) => {
        const there = new Map(workflow.nodes.map((node, index) => [node.key, `Renamed ${index} '"\\`]));
        const back = new Map(workflow.nodes.map((node) => [node.key, node.name]));
        const restored = renameNodes(renameNodes(workflow, there), back);
        const sorted = { ...restored, nodes: [...restored.nodes] };
        expect(canonicalText(sorted)).toBe(canonicalText(workflow));
      }),
    );
  });

  it('leaves what refers to an ambiguous name', () => {
    const nodes = ['1', '2', '3'].map((id) => ({ id, name: id === '3' ? 'B' : 'A', type: 't' }));
    const connections = { B: { main: [[{ node: 'A', type: 'main', index: 0 }]] } };
    const workflow = readWorkflow({ name: 'W', nodes, connections }).workflow!;
    expect(renameNodes(workflow, new Map([['1', 'C']])).edges).toMatchObject([{ to: 'A' }]);
  });
});
