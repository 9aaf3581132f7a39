'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { onDemand } from '../ui/on-demand';
import { useShortcut } from '../ui/shortcuts';
import { useFirstOpen } from '../ui/use-first-open';
import { useReturnFocus } from '../ui/use-return-focus';

const CommandPaletteSurface = onDemand(() => import('./command-palette-surface'));

type PaletteControl = { open(): void; preload(): void };

const PaletteContext = createContext<PaletteControl>({ open() {}, preload() {} });

/** Opens the palette from a button; `preload` fetches it when the button is about to be used. */
export function useOpenPalette(): PaletteControl {
  return useContext(PaletteContext);
}

/** ⌘K: verbs, things, recent. Stands around the pages so that any of them can open it. */
export function CommandPalette({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const control = useMemo(() => ({ open: () => setOpen(true), preload: CommandPaletteSurface.preload }), []);
  useShortcut('mod+k', 'Find or do anything', 'Anywhere', () => setOpen((current) => !current));
  const returnFocus = useReturnFocus(open);
  return (
    <PaletteContext value={control}>
      {children}
      {useFirstOpen(open) && (
        <CommandPaletteSurface open={open} onOpenChange={setOpen} onCloseAutoFocus={returnFocus} />
      )}
    </PaletteContext>
  );
}
