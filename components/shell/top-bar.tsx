'use client';

import { Menu, Search } from 'lucide-react';
import type { Tier } from '../patterns/tier-mark';
import { IconButton } from '../ui/button';
import { cx } from '../ui/class-names';
import { Icon } from '../ui/icon';
import { Kbd } from '../ui/kbd';
import { Breadcrumbs, type Crumb } from './breadcrumbs';
import { useOpenPalette } from './command-palette';
import { LiveIndicator } from './live-indicator';
import { useLiveState } from './live-state';
import { useOpenNavigation } from './navigation-drawer';
import { ThemeSwitch } from './theme-switch';

/** Stays at the top of every page. On a page about production its line is the production plate. */
export function TopBar({ crumbs, tier }: { crumbs: readonly Crumb[]; tier?: Tier }) {
  const openNavigation = useOpenNavigation();
  const live = useLiveState();
  const production = tier === 'production';
  return (
    <header
      className={cx(
        'sticky top-0 z-5 print:hidden flex h-12 items-center gap-4 border-b bg-surface-1 px-8 max-md:gap-2 max-md:px-4',
        production ? 'border-tier-production-plate inset-shadow-[0_-1px_var(--tier-production-plate)]' : 'border-line',
      )}
    >
      <IconButton label="Open navigation" onClick={openNavigation} className="-ml-2 md:hidden">
        <Icon of={Menu} />
      </IconButton>
      <Breadcrumbs crumbs={crumbs} />
      {production && <span className="sr-only">This page is about production.</span>}
      <span className="flex-1" />
      {live && <LiveIndicator state={live} />}
      <PaletteButton />
      <ThemeSwitch />
    </header>
  );
}

function PaletteButton() {
  const { open, preload } = useOpenPalette();
  return (
    <button
      type="button"
      onClick={open}
      onPointerEnter={preload}
      onFocus={preload}
      aria-keyshortcuts="Meta+K Control+K"
      className="flex h-7 w-52 flex-none items-center gap-2 rounded-2 border border-line-2 bg-surface-1 pr-1.5 pl-2 text-ink-3 focus-visible:rounded-2 max-md:size-8 max-md:justify-center max-md:px-0"
    >
      <Icon of={Search} />
      <span className="max-md:sr-only">Find or do</span>
      <span className="ml-auto max-md:hidden">
        <Kbd>⌘K</Kbd>
      </span>
    </button>
  );
}
