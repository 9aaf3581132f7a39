import { expect, test } from 'vitest';
import { choosable, EMPTY_DRAFT, requestOf, whyNot } from './resolution-draft';

const workflow = (key: string, change: object = {}) => ({
  key,
  workflowId: `id-${key}` as string | null,
  status: 'open' as const,
  ...change,
});
const now = Date.parse('2026-11-24T14:00:00Z');
const draft = (change: object) => ({ ...EMPTY_DRAFT, reason: 'Finance asked', ...change });

test('nothing is decided without a reason, nor accepted without an end that is still to come', () => {
  expect(whyNot('revert', EMPTY_DRAFT, now)).toBe('Say why first.');
  expect(whyNot('accept', draft({}), now)).toBe('Say until when it may differ.');
  expect(whyNot('accept', draft({ until: '2026-11-23' }), now)).toBe('That day has passed.');
  expect(whyNot('accept', draft({ until: '2026-11-24' }), now)).toBeUndefined();
  expect(whyNot('keep', draft({ keys: new Set() }), now)).toBe('Tick at least one workflow.');
});

test('all that differs is asked for without naming it, so that the request stays what an approval was given for', () => {
  const affected = { affectedWorkflows: [workflow('a'), workflow('b')], openCount: 2 };
  expect(requestOf('revert', draft({}), affected)).toEqual({ resolution: 'revert' });
  expect(requestOf('revert', draft({ keys: new Set(['a', 'b']) }), affected)).toEqual({ resolution: 'revert' });
  expect(requestOf('keep', draft({ keys: new Set(['b']) }), affected)).toEqual({
    resolution: 'keep',
    workflowIds: ['id-b'],
  });
  const first = { ...affected, openCount: 300 };
  expect(requestOf('revert', draft({}), first)).toEqual({ resolution: 'revert' });
  const ticked = requestOf('revert', draft({ keys: new Set(['a', 'b']) }), first);
  expect(ticked).toEqual({ resolution: 'revert', workflowIds: ['id-a', 'id-b'] });
});

test('only what is kept is asked about secrets', () => {
  const affected = { affectedWorkflows: [workflow('a')], openCount: 1 };
  const accepting = draft({ acceptSecrets: true });
  expect(requestOf('keep', accepting, affected)).toEqual({ resolution: 'keep', acceptSecrets: true });
  expect(requestOf('revert', accepting, affected)).toEqual({ resolution: 'revert' });
});

test('what is settled or was never read can’t be chosen by itself', () => {
  const affected = [workflow('a'), workflow('b', { status: 'gone' }), workflow('c', { workflowId: null })];
  expect(choosable(affected).map(({ key }) => key)).toEqual(['a']);
});
