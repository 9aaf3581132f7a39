'use client';

import { useState } from 'react';
import { Switch } from '../ui/checkbox';
import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { type Shortcut, useShortcut, useShortcutList } from '../ui/shortcuts';
import { useViewer } from '../ui/viewer';

const GROUPS: readonly Shortcut['group'][] = ['Anywhere', 'Go', 'List', 'Here'];

/** `?`: every key that does something on this page, and the switch for single keys. */
export function KeyboardSheet() {
  const [open, setOpen] = useState(false);
  const { singleKeys, set } = useViewer();
  const shortcuts = useShortcutList();
  useShortcut('?', 'Show all keys', 'Anywhere', () => setOpen(true));
  useShortcut('/', 'Search this list', 'List', focusSearch);

  return (
    <Dialog open={open} onOpenChange={setOpen} title="Keys" description="What can be pressed on this page.">
      <Switch checked={singleKeys} onChange={(event) => set('singleKeys', event.target.checked)}>
        Single-key shortcuts
      </Switch>
      {GROUPS.map((group) => (
        <Group key={group} name={group} shortcuts={shortcuts.filter((shortcut) => shortcut.group === group)} />
      ))}
    </Dialog>
  );
}

function Group({ name, shortcuts }: { name: string; shortcuts: readonly Shortcut[] }) {
  if (shortcuts.length === 0) return null;
  const byKeys = new Map(shortcuts.toReversed().map((shortcut) => [shortcut.keys, shortcut.label]));
  return (
    <section className="mt-4">
      <h3 className="border-b border-line pb-1 text-12 font-medium text-ink-3">{name}</h3>
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-y-1 pt-2">
        {[...byKeys].map(([keys, label]) => (
          <div key={keys} className="contents">
            <dt>{label}</dt>
            <dd className="flex justify-end gap-1">
              {keys.split(/[ +]/).map((key) => (
                <Kbd key={key}>{key === 'mod' ? '⌘/Ctrl' : key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('input[data-search]')?.focus();
}
