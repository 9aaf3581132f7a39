import { describe, expect, it } from 'vitest';
import { browserInWords } from './browser-words';

const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

describe('a browser in words', () => {
  it('is the one that others pretend to be only when no other name stands there', () => {
    expect(browserInWords(WINDOWS)).toBe('Chrome on Windows');
    expect(browserInWords(`${WINDOWS} Edg/142.0.0.0`)).toBe('Edge on Windows');
    expect(browserInWords('Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0')).toBe(
      'Firefox on Linux',
    );
  });

  it('says what a program calls itself, and admits when nothing is known', () => {
    expect(browserInWords('curl/8.17.0')).toBe('curl');
    expect(browserInWords(null)).toBe('Unknown browser');
  });
});
