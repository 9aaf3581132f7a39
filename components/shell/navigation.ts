import type { ReactNode } from 'react';
import type { Tier } from '../patterns/tier-mark';

/** What the side navigation is made of. Plain data, so a layout on the server can pass it. */
export type NavigationItem = {
  href: string;
  label: string;
  /** An `<Icon>`; an element, since a component can't cross from the server. */
  icon: ReactNode;
  /** How many wait there. */
  count?: number;
  /** The count is about something wrong. */
  urgent?: boolean;
  /** `g` + letter that leads there. */
  keys?: string;
};

export type NavigationSection = { title?: string; items: readonly NavigationItem[] };

export type NavigationEnvironment = { href: string; name: string; tier: Tier };

/** Whether the page at `pathname` stands under `href`. */
export function isUnder(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}

/** Of all links, the one that leads closest to the open page. */
export function currentHref(pathname: string, hrefs: readonly string[]): string | undefined {
  return hrefs.filter((href) => isUnder(pathname, href)).sort((a, b) => b.length - a.length)[0];
}
