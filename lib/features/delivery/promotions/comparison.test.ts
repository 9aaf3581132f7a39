import { describe, expect, it } from 'vitest';
import type { Target } from '@/lib/features/change/change-plans/schema';
import { compareSides, type ThreeSides } from './comparison';

const target = (logic: string, more: Partial<Target> = {}): Target => ({
  ...{ logic, layout: 'l', settings: 's', active: true, archived: false, tags: [], publishedLogic: logic },
  ...more,
});
const print = (logic: string) => ({ logic, settings: 's' });
const released = { source: print('s1'), target: target('t1') };
const change = (sides: Partial<ThreeSides>) =>
  compareSides({
    ...{ source: print('s1'), target: target('t1'), desired: target('t1'), baseline: released, approved: null },
    ...sides,
  }).change;

describe('a workflow that was released from here to there', () => {
  it.each([
    ['nothing moved', {}, 'unchanged'],
    ['the source moved', { source: print('s2'), desired: target('t2') }, 'modified'],
    ['what it is bound to moved', { desired: target('t2') }, 'modified'],
    ['the target moved', { target: target('x') }, 'target_hotfix'],
    ['both moved', { source: print('s2'), desired: target('t2'), target: target('x') }, 'conflict'],
    ['both moved to the same', { source: print('s2'), desired: target('x'), target: target('x') }, 'unchanged'],
    ['another version than the draft runs', { target: target('t1', { publishedLogic: 'x' }) }, 'target_hotfix'],
    ['somebody archived it there', { target: target('t1', { archived: true }) }, 'target_hotfix'],
    ['it was deleted there', { target: null }, 'conflict'],
    ['it is gone from the source', { source: null, desired: null }, 'deleted'],
    ['it is gone from the source and edited there', { source: null, desired: null, target: target('x') }, 'conflict'],
    ['it is gone from both', { source: null, desired: null, target: null }, 'unchanged'],
  ] as [string, Partial<ThreeSides>, string][])('%s', (_, sides, expected) => {
    expect(change(sides)).toBe(expected);
  });

  it('switching it on or off in the target is no edit of it', () => {
    const off = target('t1', { active: false, publishedLogic: null });
    expect(change({ target: off })).toBe('unchanged');
    expect(change({ target: off, source: print('s2'), desired: target('t2') })).toBe('modified');
    const released = { source: print('s1'), target: off };
    expect(change({ baseline: released, source: print('s2'), desired: target('t2') })).toBe('modified');
  });
});

describe('without a release to look back to', () => {
  const sides = { baseline: null, desired: target('t2') };
  it('what is not there is added', () => expect(change({ ...sides, target: null })).toBe('added'));
  it('what is the same is unchanged', () => expect(change({ ...sides, target: target('t2') })).toBe('unchanged'));
  it('what is approved there and unedited is older', () =>
    expect(change({ ...sides, approved: print('t1') })).toBe('modified'));
  it('what lies in the archive is as good as not there, unless it is approved so or was released', () => {
    const archived = target('t1', { archived: true, active: false, publishedLogic: null });
    expect(change({ ...sides, target: archived })).toBe('added');
    expect(change({ ...sides, target: archived, approved: print('older') })).toBe('conflict');
    expect(change({ ...sides, target: archived, baseline: released })).toBe('target_hotfix');
  });
  it('what is gone from the source goes only where it is what is approved there', () => {
    const gone = { ...sides, source: null, desired: null };
    expect(change({ ...gone, approved: print('t1') })).toBe('deleted');
    expect(change({ ...gone, approved: print('older') })).toBe('conflict');
    expect(change(gone)).toBe('conflict');
  });
  it('what differs, and was approved by nobody, is a conflict', () => expect(change(sides)).toBe('conflict'));
  it('what was edited since it was approved is a conflict', () =>
    expect(change({ ...sides, approved: print('older') })).toBe('conflict'));
});
