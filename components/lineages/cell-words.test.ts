import { describe, expect, it } from 'vitest';
import { columnInWords, driftInWords } from './cell-words';

const none = { missing: 0, drifted: 0, differs: 0, unknown: 0, same: 0, source: 0 };

describe('what stands under an environment in the matrix', () => {
  it('names what is wrong, the worst first', () => {
    expect(columnInWords({ ...none, same: 9, differs: 2, drifted: 1 })).toBe('1 drifted · 2 differ');
    expect(columnInWords({ ...none, missing: 1, unknown: 3 })).toBe('1 gone · 3 unknown');
  });

  it('says that nothing differs only where something was compared', () => {
    expect(columnInWords({ ...none, same: 4, source: 1 })).toBe('nothing differs');
    expect(columnInWords({ ...none, source: 6 })).toBe('source of 6');
    expect(columnInWords(none)).toBe('nothing linked');
  });
});

describe('a class of drift in words', () => {
  it('is readable also when it is not known here', () => {
    expect(driftInWords('deactivated')).toBe('switched off');
    expect(driftInWords('something_new')).toBe('something new');
  });
});
