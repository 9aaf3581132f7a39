import { describe, expect, it } from 'vitest';
import { startOfDay } from './audit-query';

describe('a day as a moment', () => {
  it('begins at midnight of the viewer’s zone', () => {
    expect(startOfDay('2026-11-23', 'UTC')).toBe('2026-11-23T00:00:00.000Z');
    expect(startOfDay('2026-11-23', 'Europe/Berlin')).toBe('2026-11-22T23:00:00.000Z');
    expect(startOfDay('2026-11-23', 'America/New_York')).toBe('2026-11-23T05:00:00.000Z');
  });

  it('is right on the days when clocks change', () => {
    expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(startOfDay('2026-03-29', 'Europe/Berlin', 1)).toBe('2026-03-29T22:00:00.000Z');
    expect(startOfDay('2026-10-25', 'Europe/Berlin', 1)).toBe('2026-10-25T23:00:00.000Z');
  });

  it('is nothing when the URL holds no day', () => {
    expect(startOfDay('', 'UTC')).toBeUndefined();
    expect(startOfDay('yesterday', 'UTC')).toBeUndefined();
  });
});
