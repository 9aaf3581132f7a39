'use client';

import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { TierSquare } from '../patterns/tier-mark';
import { cx } from '../ui/class-names';
import { useShortcut } from '../ui/shortcuts';
import { Brand } from './brand';
import { currentHref, type NavigationEnvironment, type NavigationItem, type NavigationSection } from './navigation';

export type SideNavigationProps = {
  sections: readonly NavigationSection[];
  /** In tier order. They stand after the first section. */
  environments: readonly NavigationEnvironment[];
  /** Where the brand leads. */
  homeHref: string;
  /** The tenant switcher. */
  tenant: ReactNode;
  /** Who is signed in. */
  foot: ReactNode;
};

/** Everything the product has, by section; the environments with their tier. */
export function SideNavigation({ sections, environments, homeHref, tenant, foot }: SideNavigationProps) {
  const hrefs = [...sections.flatMap((section) => section.items), ...environments].map((entry) => entry.href);
  const pathname = usePathname();
  // Every page stands under the home page; a page of its own, such as the profile, is none of it.
  const places = hrefs.filter((href) => href !== homeHref || href === pathname);
  const current = currentHref(pathname, places);
  const [first, ...others] = sections;
  return (
    <div className="flex min-h-full flex-col px-2 pb-3">
      <Link href={homeHref} className="self-start rounded-2">
        <Brand />
      </Link>
      <div className="mb-2">{tenant}</div>
      <nav aria-label="Main">
        {first && <Entries section={first} current={current} />}
        {environments.length > 0 && <Environments environments={environments} current={current} />}
        {others.map((section) => (
          <Entries key={section.title} section={section} current={current} />
        ))}
      </nav>
      <div className="mt-auto px-2 pt-3 text-12 text-ink-3">{foot}</div>
    </div>
  );
}

const ENTRY =
  'flex h-7 items-center rounded-2 px-2 text-ink-2 transition-tint hover:bg-surface-2 hover:text-ink-1 focus-visible:rounded-2 -outline-offset-2 ' +
  'aria-[current]:bg-surface-3 aria-[current]:font-medium aria-[current]:text-ink-1 max-md:h-9';

function Entries({ section, current }: { section: NavigationSection; current?: string }) {
  return (
    <>
      {section.title && <NavigationTitle>{section.title}</NavigationTitle>}
      <ul>
        {section.items.map((item) => (
          <li key={item.href}>
            <Entry item={item} current={item.href === current} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Entry({ item, current }: { item: NavigationItem; current: boolean }) {
  const router = useRouter();
  useShortcut(item.keys, `Go to ${item.label}`, 'Go', () => router.push(item.href));
  return (
    <Link href={item.href} aria-current={current ? 'page' : undefined} className={cx(ENTRY, 'gap-2.5')}>
      <span className={cx('flex', !current && 'text-ink-3')}>{item.icon}</span>
      {item.label}
      {item.count !== undefined && (
        <span className={cx('ml-auto text-12', item.urgent ? 'font-semibold text-bad' : 'font-normal')}>
          {item.count}
        </span>
      )}
    </Link>
  );
}

function Environments({ environments, current }: Pick<SideNavigationProps, 'environments'> & { current?: string }) {
  return (
    <>
      <NavigationTitle>Environments</NavigationTitle>
      <ul>
        {environments.map(({ href, name, tier }) => (
          <li key={href}>
            <Link href={href} aria-current={href === current ? 'page' : undefined} className={cx(ENTRY, 'gap-2')}>
              <span className="mx-0.75 flex">
                <TierSquare tier={tier} />
              </span>
              <span className="truncate">{name}</span>
              <span className="ml-auto text-12 font-normal text-ink-3">{tier}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function NavigationTitle({ children }: { children: ReactNode }) {
  return <h2 className="px-2 pt-5 pb-1 text-12 font-medium text-ink-3">{children}</h2>;
}
