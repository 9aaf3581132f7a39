import { describe, expect, it } from 'vitest';
import { readPreferences, rootAttributes, zoneOf } from './preferences';

const from = (cookies: Record<string, string>) => readPreferences((name) => cookies[name]);

describe('preferences from cookies', () => {
  it('follow the system and keep shortcuts on when nothing was chosen', () => {
    expect(from({})).toEqual({
      theme: 'system',
      density: 'comfortable',
      singleKeys: true,
      timeZone: null,
      chosenTimeZone: null,
    });
    expect(rootAttributes(from({}))['data-theme']).toBeUndefined();
  });

  it('keep what was chosen', () => {
    const chosen = { theme: 'dark', density: 'compact', 'single-keys': 'off', 'time-zone': 'Europe%2FBerlin' };
    expect(from(chosen)).toEqual({
      theme: 'dark',
      density: 'compact',
      singleKeys: false,
      timeZone: 'Europe/Berlin',
      chosenTimeZone: null,
    });
  });

  it('show times in the zone that was chosen, then in the browser’s', () => {
    expect(zoneOf(from({}))).toBe('UTC');
    expect(zoneOf(from({ 'time-zone': 'Europe%2FBerlin' }))).toBe('Europe/Berlin');
    expect(zoneOf(from({ 'time-zone': 'Europe%2FBerlin', 'chosen-time-zone': 'Asia%2FTokyo' }))).toBe('Asia/Tokyo');
  });

  it('never let a tampered cookie through to the page', () => {
    const tampered = { theme: '"><script>', density: 'x', 'time-zone': '%' };
    expect(from(tampered)).toEqual({
      theme: 'system',
      density: 'comfortable',
      singleKeys: true,
      timeZone: null,
      chosenTimeZone: null,
    });
  });
});
