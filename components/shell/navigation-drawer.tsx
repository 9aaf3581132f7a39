'use client';

import { X } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { IconButton } from '../ui/button';
import { Icon } from '../ui/icon';

const DrawerContext = createContext<() => void>(() => {});

/** Opens the navigation where there is no room for it at the side. */
export function useOpenNavigation(): () => void {
  return useContext(DrawerContext);
}

/** The navigation as a native modal dialog: the browser keeps focus inside, closes on Escape and gives focus back. */
export function NavigationDrawer({ navigation, children }: { navigation: ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const pathname = usePathname();

  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving at another page is what closes the drawer.
  useEffect(() => setOpen(false), [pathname]);

  return (
    <DrawerContext value={() => setOpen(true)}>
      <dialog
        ref={dialog}
        aria-label="Navigation"
        onClose={() => setOpen(false)}
        closedby="any"
        className="m-0 h-dvh max-h-none w-70 max-w-[85vw] bg-surface-0 text-ink-1 shadow-modal backdrop:bg-scrim"
      >
        {open && (
          <div className="relative min-h-full">
            <IconButton label="Close navigation" onClick={() => setOpen(false)} className="absolute top-2 right-2">
              <Icon of={X} />
            </IconButton>
            {navigation}
          </div>
        )}
      </dialog>
      {children}
    </DrawerContext>
  );
}
