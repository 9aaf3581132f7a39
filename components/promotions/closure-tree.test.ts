import { describe, expect, it } from 'vitest';
import type { ComparedWorkflow } from '@/lib/features/delivery/promotions/schema';
import { type ClosureNode, closureTree } from './closure-tree';

type Needs = ComparedWorkflow['dependencies'];
const needs = (...ids: string[]): Needs =>
  ids.map((id) => ({ role: 'execute', name: id, lineageId: id, state: 'in_plan' }));
const workflow = (lineageId: string, role: ComparedWorkflow['role'], dependencies: Needs = []): ComparedWorkflow => ({
  ...{ lineageId, name: lineageId, role, dependencies, sourceWorkflowId: lineageId, targetWorkflowId: null },
  ...{ change: 'added', why: '', isPlanned: true, choice: null, classes: [] },
  active: { source: true, target: null, desired: true },
  risk: { level: 'none', reasons: [] },
  prints: { source: null, target: null },
});
const outline = (nodes: ClosureNode[]): unknown[] =>
  nodes.map(({ name, children }) => (children.length > 0 ? [name, outline(children)] : name));

describe('the closure of what was chosen', () => {
  it('stands under what calls it, chosen or pulled in', () => {
    const tree = closureTree([
      workflow('parent', 'selected', needs('child')),
      workflow('child', 'selected', needs('helper')),
      workflow('helper', 'dependency'),
    ]);
    expect(outline(tree)).toEqual([['parent', [['child', ['helper']]]]]);
  });

  it('names what is called twice twice, and unfolds it once', () => {
    const tree = closureTree([
      workflow('a', 'selected', needs('shared')),
      workflow('b', 'selected', needs('shared')),
      workflow('shared', 'dependency', needs('deep')),
      workflow('deep', 'dependency'),
    ]);
    expect(outline(tree)).toEqual([
      ['a', [['shared', ['deep']]]],
      ['b', ['shared']],
    ]);
  });

  it('of workflows that call each other loses neither and ends', () => {
    const tree = closureTree([workflow('a', 'selected', needs('b')), workflow('b', 'selected', needs('a'))]);
    expect(outline(tree)).toEqual([['a', [['b', ['a']]]]]);
  });

  it('keeps what is known at run time alone in sight', () => {
    const open: Needs = [{ role: 'execute', name: '={{ $json.route }}', lineageId: null, state: 'dynamic' }];
    const [root] = closureTree([workflow('a', 'selected', open)]);
    expect(root?.children).toMatchObject([{ name: '={{ $json.route }}', need: { state: 'dynamic' } }]);
  });
});
