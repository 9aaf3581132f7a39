'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { advance, isSingleKey, strokeName } from './shortcut-keys';
import { useViewer } from './viewer';

export type Shortcut = {
  /** `g w`, `/`, `?`, `mod+k`. */
  keys: string;
  /** What it does, as the sheet lists it. */
  label: string;
  /** Heading it stands under in the sheet. */
  group: 'Go' | 'List' | 'Anywhere' | 'Here';
  run(): void;
};

type Registry = { shortcuts: readonly Shortcut[]; add(shortcut: Shortcut): () => void };

const ShortcutsContext = createContext<Registry | null>(null);
const SEQUENCE_MS = 1200;

/** Listens once for the whole page. What is mounted later wins over what was there before. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [shortcuts, setShortcuts] = useState<readonly Shortcut[]>([]);
  const { singleKeys } = useViewer();
  useKeyListener(singleKeys ? shortcuts : shortcuts.filter((shortcut) => !isSingleKey(shortcut.keys)));

  const registry = useMemo<Registry>(
    () => ({
      shortcuts,
      add(shortcut) {
        setShortcuts((current) => [shortcut, ...current]);
        return () => setShortcuts((current) => current.filter((other) => other !== shortcut));
      },
    }),
    [shortcuts],
  );
  return <ShortcutsContext value={registry}>{children}</ShortcutsContext>;
}

/** Everything that can be pressed right now, latest first. */
export function useShortcutList(): readonly Shortcut[] {
  return useContext(ShortcutsContext)?.shortcuts ?? [];
}

/** Binds one shortcut while the caller is mounted. Outside a provider, and without keys, it does nothing. */
export function useShortcut(keys: string | undefined, label: string, group: Shortcut['group'], run: () => void): void {
  const add = useContext(ShortcutsContext)?.add;
  const latest = useRef(run);
  const adder = useRef(add);
  useEffect(() => {
    latest.current = run;
    adder.current = add;
  });
  useEffect(() => {
    if (!keys) return;
    return adder.current?.({ keys, label, group, run: () => latest.current() });
  }, [keys, label, group]);
}

function useKeyListener(shortcuts: readonly Shortcut[]): void {
  const pending = useRef({ keys: '', at: 0 });
  const active = useRef(shortcuts);
  useEffect(() => {
    active.current = shortcuts;
  }, [shortcuts]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const stroke = strokeName(event);
      if (!stroke || event.defaultPrevented || event.isComposing) return;
      if (isSingleKey(stroke) && !listensHere(event.target)) return;
      const typed = event.timeStamp - pending.current.at < SEQUENCE_MS ? pending.current.keys : '';
      const result = advance(
        typed,
        stroke,
        active.current.map((shortcut) => shortcut.keys),
      );
      pending.current = { keys: result.pending, at: event.timeStamp };
      const match = active.current.find((shortcut) => shortcut.keys === result.complete);
      if (!match) return;
      event.preventDefault();
      match.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Single keys stay out of fields, menus, editors and open dialogs: there they are text or have a meaning already. */
function listensHere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  if (target.isContentEditable) return false;
  const typing = 'textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button])';
  return !target.closest(`${typing}, [role=menu], [role=dialog], dialog, .cm-editor`);
}
