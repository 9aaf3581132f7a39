import { describe, expect, it } from 'vitest';
import { formatAbsolute, formatRelative, formatSpan, relativeStep } from './time-format';

const now = Date.UTC(2026, 10, 24, 13, 30, 0);

describe('times as text', () => {
  it.each([
    [300, '0.3 s'],
    [4000, '4 s'],
    [42_900, '42 s'],
    [38 * 60_000, '38 min'],
    [186 * 60_000, '3 h 6 min'],
    [3 * 3_600_000, '3 h'],
    [50 * 3_600_000, '2 d 2 h'],
    [6.9 * 86_400_000, '6 d'],
    [-5, '0 s'],
  ])('a span of %d ms reads %s', (span, text) => expect(formatSpan(span)).toBe(text));

  it('says on which side of now a moment lies', () => {
    expect(formatRelative(now - 42_000, now, 'UTC')).toBe('42 s ago');
    expect(formatRelative(now + 28 * 60_000, now, 'UTC')).toBe('in 28 min');
    expect(formatRelative(now - 400, now, 'UTC')).toBe('just now');
  });

  it('gives a date once counting days says little, with the year only when it is another', () => {
    expect(formatRelative(Date.UTC(2026, 9, 2), now, 'UTC')).toBe('2 Oct');
    expect(formatRelative(Date.UTC(2025, 9, 2), now, 'UTC')).toBe('2 Oct 2025');
  });

  it('shows the viewer zone, not the zone of the machine', () => {
    expect(formatAbsolute(now, 'Europe/Berlin', 'minute')).toBe('14:30');
    expect(formatAbsolute(now, 'UTC', 'full')).toBe('24 Nov 2026, 13:30:00');
  });

  it('ticks every second only while the text changes every second', () => {
    expect(relativeStep(now - 10_000, now)).toBe(1000);
    expect(relativeStep(now - 120_000, now)).toBeGreaterThan(1000);
  });
});
