import { describe, expect, it } from 'vitest';
import { advance, isSingleKey, strokeName } from './shortcut-keys';

const plain = { metaKey: false, ctrlKey: false, altKey: false };
const known = ['g w', 'g e', '/', 'j', 'mod+k'];

describe('keyboard shortcuts', () => {
  it('a sequence fires only when typed in order', () => {
    const first = advance('', 'g', known);
    expect(first).toEqual({ complete: null, pending: 'g' });
    expect(advance(first.pending, 'w', known).complete).toBe('g w');
    expect(advance('', 'w', known)).toEqual({ complete: null, pending: '' });
  });

  it('a broken sequence starts anew with the key that broke it', () => {
    expect(advance('g', 'j', known).complete).toBe('j');
    expect(advance('g', 'g', known)).toEqual({ complete: null, pending: 'g' });
  });

  it('⌘K and Ctrl K are the same shortcut', () => {
    expect(strokeName({ ...plain, key: 'k', metaKey: true })).toBe('mod+k');
    expect(strokeName({ ...plain, key: 'K', ctrlKey: true })).toBe('mod+k');
  });

  it('modifiers alone and Alt combinations are never a stroke', () => {
    expect(strokeName({ ...plain, key: 'Shift' })).toBe('');
    expect(strokeName({ ...plain, key: 'g', altKey: true })).toBe('');
  });

  it('only shortcuts with a modifier stay when single keys are off', () => {
    expect(known.filter((shortcut) => !isSingleKey(shortcut))).toEqual(['mod+k']);
  });
});
