import { expect, test } from 'vitest';
import { tellEntry } from './timeline-words';

test('what moved is named by how it moved, and what did not move is not mentioned', () => {
  const details = { severity: 'high', added: ['Refund guard'], edited: [], back: [], gone: ['Order intake'] };
  expect(tellEntry({ type: 'drift_changed', details }).words).toBe(
    'The drift moved: also Refund guard; differs no more: Order intake',
  );
});

test('a resolution that failed says why, and what somebody wrote is quoted apart', () => {
  const details = { resolution: 'revert', problem: { code: 'drift_moved', detail: 'It moved.' } };
  expect(tellEntry({ type: 'resolution_failed', details })).toEqual({
    kind: 'bad',
    words: 'Revert: failed: It moved.',
    quote: undefined,
  });
  expect(tellEntry({ type: 'note', details: { text: 'By phone.' } }).quote).toBe('By phone.');
});

test('an entry of a later version is shown by its own name, whatever its details hold', () => {
  expect(tellEntry({ type: 'handed_over', details: { problem: null, hours: [1] } }).words).toBe('handed over');
  expect(tellEntry({ type: 'closed', details: { resolution: 'of a later version' } }).words).toBe('Closed');
});

test('what has happened stands as such, and never as something that still goes on or waits', () => {
  for (const type of ['resolution_started', 'reconciled'])
    expect(tellEntry({ type, details: { resolution: 'revert' } }).kind, type).toBe('dot');
});
