'use client';

import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from 'react';
import { useShortcut } from '../ui/shortcuts';
import { useFirstOpen } from '../ui/use-first-open';
import { useReturnFocus } from '../ui/use-return-focus';

const load = () => import('./command-palette-surface');
const CommandPaletteSurface = lazy(load);

type PaletteControl = { open(): void; preload(): void };

const PaletteContext = createContext<PaletteControl>({ open() {}, preload() {} });

/** Opens the palette from a button; `preload` fetches it when the button is about to be used. */
export function useOpenPalette(): PaletteControl {
  return useContext(PaletteContext);
}

/** ⌘K: verbs, things, recent. Stands around the pages so that any of them can open it. */
export function CommandPalette({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const control = useMemo(() => ({ open: () => setOpen(true), preload: () => void load() }), []);
  useShortcut('mod+k', 'Find or do anything', 'Anywhere', () => setOpen((current) => !current));
  const returnFocus = useReturnFocus(open);
  return (
    <PaletteContext value={control}>
      {children}
      {useFirstOpen(open) && (
        <Suspense>
          <CommandPaletteSurface open={open} onOpenChange={setOpen} onCloseAutoFocus={returnFocus} />
        </Suspense>
      )}
    </PaletteContext>
  );
}
