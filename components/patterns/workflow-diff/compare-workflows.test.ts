import { describe, expect, it } from 'vitest';
import { sentenceText } from '@/lib/workflow/sentences/sentence';
import { type Comparison, compareWorkflows } from './compare-workflows';
import { newer, older } from './sample-pair';

function compared(before: unknown, after: unknown): Comparison {
  const result = compareWorkflows(before, after);
  if ('side' in result) throw new Error(result.message);
  return result;
}

describe('two workflows compared', () => {
  it('lists a sentence per change under its class, the most consequential first, cosmetic last', () => {
    const groups = compared(older, newer).groups.map(({ class: name, changes }) => [name, changes.length]);
    expect(groups).toEqual([
      ['exposure', 1],
      ['behaviour', 3],
      ['wiring', 2],
      ['cosmetic', 1],
    ]);
    const first = compared(older, newer).groups[0]!.changes[0]!;
    expect(sentenceText(first.sentence)).toBe('Hook answers on orders/in instead of orders');
  });

  it('gives every change an id of its own, the same on every comparison', () => {
    const ids = () => compared(older, newer).groups.flatMap((group) => group.changes.map(({ id }) => id));
    expect(new Set(ids()).size).toBe(ids().length);
    expect(ids()).toEqual(ids());
    expect(ids()).toContain('Hook/parameters/path');
  });

  it('has nothing to list for equal workflows', () => {
    expect(compared(older, structuredClone(older)).groups).toEqual([]);
  });

  it('says which side can not be read', () => {
    expect(compareWorkflows(older, 'no workflow')).toMatchObject({ side: 'after' });
    expect(compareWorkflows(null, newer)).toMatchObject({ side: 'before' });
  });
});
