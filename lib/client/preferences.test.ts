import { describe, expect, it } from 'vitest';
import { readPreferences, rootAttributes } from './preferences';

const from = (cookies: Record<string, string>) => readPreferences((name) => cookies[name]);

describe('preferences from cookies', () => {
  it('follow the system and keep shortcuts on when nothing was chosen', () => {
    expect(from({})).toEqual({ theme: 'system', density: 'comfortable', singleKeys: true, timeZone: null });
    expect(rootAttributes(from({}))['data-theme']).toBeUndefined();
  });

  it('keep what was chosen', () => {
    const chosen = { theme: 'dark', density: 'compact', 'single-keys': 'off', 'time-zone': 'Europe%2FBerlin' };
    expect(from(chosen)).toEqual({
      theme: 'dark',
      density: 'compact',
      singleKeys: false,
      timeZone: 'Europe/Berlin',
    });
  });

  it('never let a tampered cookie through to the page', () => {
    const tampered = { theme: '"><script>', density: 'x', 'time-zone': '%' };
    expect(from(tampered)).toEqual({ theme: 'system', density: 'comfortable', singleKeys: true, timeZone: null });
  });
});
