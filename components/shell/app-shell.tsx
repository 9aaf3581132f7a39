'use client';

import type { ReactNode } from 'react';
import { ShortcutsProvider } from '../ui/shortcuts';
import { ToastHost } from '../ui/toast';
import { CommandPalette } from './command-palette';
import { type Command, type CommandSearch, CommandsProvider } from './commands';
import { KeyboardSheet } from './keyboard-sheet';
import { NavigationDrawer } from './navigation-drawer';
import { SideNavigation, type SideNavigationProps } from './side-navigation';

type AppShellProps = SideNavigationProps & {
  commands: readonly Command[];
  search?: CommandSearch;
  children: ReactNode;
};

/**
 * The frame of every signed-in page: navigation at the side (a drawer on a phone), palette, shortcuts, toasts.
 * Rendered by a layout; each page inside brings its own `Page` with breadcrumbs.
 */
export function AppShell({ commands, search, children, ...navigation }: AppShellProps) {
  return (
    <ShortcutsProvider>
      <CommandsProvider commands={commands} search={search}>
        <CommandPalette>
          <KeyboardSheet />
          <a
            href="#main"
            className="fixed top-2 left-2 z-50 -translate-y-20 rounded-2 bg-accent px-3 py-1.5 font-medium text-accent-ink focus:translate-y-0"
          >
            Skip to content
          </a>
          <NavigationDrawer navigation={<SideNavigation {...navigation} />}>
            <div className="min-h-dvh md:grid md:grid-cols-[212px_minmax(0,1fr)] print:block">
              <aside
                aria-label="Workspace"
                className="sticky top-0 h-dvh overflow-y-auto border-r border-line bg-surface-0 max-md:hidden print:hidden"
              >
                <SideNavigation {...navigation} />
              </aside>
              <div className="min-w-0">{children}</div>
            </div>
          </NavigationDrawer>
          <ToastHost />
        </CommandPalette>
      </CommandsProvider>
    </ShortcutsProvider>
  );
}
