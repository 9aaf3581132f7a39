import { describe, expect, it } from 'vitest';
import type { Linkable } from './linking';
import { compareWorkflows, counted, nameSimilarity, type Structure } from './similarity';
import { shortlist, suggest } from './suggesting';

const workflow = (id: string, environmentId: string, name: string, over: Partial<Linkable> = {}): Linkable => ({
  id,
  environmentId,
  n8nId: id,
  name,
  nodeCount: 3,
  shapeDigest: null,
  lineageId: null,
  ...over,
});
const made = (...types: string[]): Structure => ({ types: counted(types), nodeNames: new Set(types) });
const STRUCTURE = made('webhook', 'set', 'httpRequest');
const suggestAmong = (all: Linkable[], { rejected = '' } = {}) => {
  const pairs = shortlist(all, new Map(), ({ counterpart }) => counterpart.id === rejected);
  return suggest(pairs, () => STRUCTURE).map((one) => [one.workflow.id, one.counterpart.id]);
};

describe('likeness', () => {
  it('of names looks past where a copy stands', () => {
    expect(nameSimilarity('Order intake (prod)', 'Order Intake – DEV v2')).toBe(1);
    expect(nameSimilarity('Order intake', 'Invoice OCR')).toBeLessThan(0.3);
  });

  it('says its reasons, the weightiest first', () => {
    const one = { name: 'Order intake', shapeDigest: 'same', ...STRUCTURE };
    expect(compareWorkflows(one, { ...one, name: 'Orders' }).reasons[0]).toBe('Same nodes and connections');
    expect(compareWorkflows(one, { ...one, shapeDigest: 'other' })).toEqual({
      score: 1,
      reasons: ['Nodes 100 % alike', 'Same name'],
    });
  });

  it('is nothing between workflows that share nothing', () => {
    const one = { name: 'Order intake', shapeDigest: 'a', ...STRUCTURE };
    const two = { name: 'Zebra', shapeDigest: 'b', ...made('cron') };
    expect(compareWorkflows(one, two)).toEqual({ score: 0, reasons: [] });
  });
});

describe('a suggestion', () => {
  it('is made for the workflow without a lineage, toward the one that has one', () => {
    const production = workflow('p', 'production', 'Order intake', { lineageId: 'L' });
    expect(suggestAmong([workflow('d', 'dev', 'Order intake'), production])).toEqual([['d', 'p']]);
  });

  it('of two without a lineage is made once, for the later environment', () => {
    const all = [workflow('d', 'dev', 'Order intake'), workflow('p', 'production', 'Order intake')];
    expect(suggestAmong(all)).toEqual([['p', 'd']]);
  });

  it('is never made within an environment, for a place that is taken, or again after a rejection', () => {
    expect(suggestAmong([workflow('a', 'dev', 'Order intake'), workflow('b', 'dev', 'Order intake')])).toEqual([]);
    const linked = workflow('d', 'dev', 'Order intake', { lineageId: 'L' });
    const all = [linked, workflow('p', 'production', 'Order intake')];
    expect(suggestAmong(all, { rejected: 'd' })).toEqual([]);
    const taken = new Map([['L', new Set(['dev', 'production'])]]);
    expect(shortlist(all, taken, () => false)).toEqual([]);
  });

  it('names each lineage once, the best of its workflows', () => {
    const all = [
      workflow('d', 'dev', 'Order intake', { lineageId: 'L' }),
      workflow('s', 'staging', 'Order intakes', { lineageId: 'L' }),
      workflow('p', 'production', 'Order intake'),
    ];
    expect(suggestAmong(all)).toEqual([['p', 'd']]);
  });
});
