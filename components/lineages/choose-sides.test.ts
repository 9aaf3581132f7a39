import { describe, expect, it } from 'vitest';
import type { WorkflowIdentity } from '@/lib/features/change/lineages/schema';
import { chooseSides, possibleViews } from './choose-sides';

const at = (id: string, status: WorkflowIdentity['status'] = 'linked') =>
  ({ workflowId: `w-${id}`, status, environment: { id, name: id, slug: id, class: 'dev' } }) as WorkflowIdentity;
const [dev, staging, production] = [at('dev'), at('staging'), at('production')];
const idsOf = ({ source, target }: ReturnType<typeof chooseSides>) => [source?.environment.id, target?.environment.id];
const nothing = { environmentId: null, sourceId: null };

describe('the two sides of a lineage', () => {
  it('are the first and the last environment where none was asked for', () => {
    expect(idsOf(chooseSides([dev!, staging!, production!], nothing))).toEqual(['dev', 'production']);
  });

  it('are the cell that was clicked and what comes before it', () => {
    const all = [dev!, staging!, production!];
    expect(idsOf(chooseSides(all, { environmentId: 'staging', sourceId: null }))).toEqual(['dev', 'staging']);
    expect(idsOf(chooseSides(all, { environmentId: 'dev', sourceId: null }))).toEqual(['staging', 'dev']);
    expect(idsOf(chooseSides(all, { environmentId: 'production', sourceId: 'staging' }))).toEqual([
      'staging',
      'production',
    ]);
  });

  it('are never the same workflow twice, nor one that is gone', () => {
    expect(idsOf(chooseSides([dev!], { environmentId: 'dev', sourceId: 'dev' }))).toEqual([undefined, 'dev']);
    expect(idsOf(chooseSides([dev!, at('production', 'missing')], nothing))).toEqual([undefined, 'dev']);
    expect(idsOf(chooseSides([], nothing))).toEqual([undefined, undefined]);
  });
});

describe('the views of three versions', () => {
  it('need what they show', () => {
    expect(possibleViews({ source: true, approved: true })).toEqual(['incoming', 'source', 'target']);
    expect(possibleViews({ source: true, approved: false })).toEqual(['incoming']);
    expect(possibleViews({ source: false, approved: true })).toEqual(['target']);
    expect(possibleViews({ source: false, approved: false })).toEqual([]);
  });
});
