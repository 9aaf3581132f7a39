/** Times and spans as text. English, tabular, and the same on the server and in the browser for the same arguments. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span in at most two units: `0.3 s`, `42 s`, `38 min`, `3 h 6 min`, `6 d`. Milliseconds in. */
export function formatSpan(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < 10 * SECOND) return `${(span / SECOND).toFixed(1).replace(/\.0$/, '')} s`;
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`;
  if (span < DAY) return twoUnits(span, HOUR, 'h', MINUTE, 'min');
  if (span < 3 * DAY) return twoUnits(span, DAY, 'd', HOUR, 'h');
  return `${Math.floor(span / DAY)} d`;
}

function twoUnits(span: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((span % big) / small);
  return `${Math.floor(span / big)} ${bigName}${rest ? ` ${rest} ${smallName}` : ''}`;
}

/** `42 s ago`, `in 28 min`; from 14 days on a date says more than a count. Epoch milliseconds in. */
export function formatRelative(at: number, now: number, timeZone: string): string {
  const distance = at - now;
  if (Math.abs(distance) >= 14 * DAY) return formatAbsolute(at, timeZone, 'date', now);
  if (Math.abs(distance) < SECOND) return 'just now';
  const whole = Math.floor(Math.abs(distance) / SECOND) * SECOND;
  return distance < 0 ? `${formatSpan(whole)} ago` : `in ${formatSpan(whole)}`;
}

/** `clock` 14:31:02 · `minute` 14:31 · `date` 17 Nov (with the year when it is another) · `full` 17 Nov 2026, 14:31:02. */
export type AbsoluteStyle = 'clock' | 'minute' | 'date' | 'full';

export function formatAbsolute(at: number, timeZone: string, style: AbsoluteStyle, now = at): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at);
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  if (style === 'clock') return part(clock);
  if (style === 'minute') return part({ hour: '2-digit', minute: '2-digit' });
  const yearOf = (time: number) => new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric' }).format(time);
  const withYear = style === 'full' || yearOf(at) !== yearOf(now);
  const date = part({ day: 'numeric', month: 'short', ...(withYear ? { year: 'numeric' } : {}) });
  return style === 'full' ? `${date}, ${part(clock)}` : date;
}

/** How often a relative time of this age changes its text, in milliseconds. */
export function relativeStep(at: number, now: number): number {
  const age = Math.abs(now - at);
  if (age < MINUTE) return SECOND;
  return age < DAY ? 15 * SECOND : 10 * MINUTE;
}
