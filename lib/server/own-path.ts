const BASE = 'http://own.invalid';

/**
 * `next` when it is a path of ours, else `/`: an address elsewhere would be a way to lure people away. Asked of the URL
 * parser, which drops tabs and line ends and takes a backslash for a slash, as browsers do.
 */
export function ownPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, BASE)) return '/';
  const { origin, pathname } = new URL(next, BASE);
  return origin === BASE && !pathname.startsWith('//') ? next : '/';
}
