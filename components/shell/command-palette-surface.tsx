'use client';

import '../ui/style-nonce';
import { Command as Cmdk } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { Glyph } from '../ui/glyph';
import { Icon } from '../ui/icon';
import { Kbd } from '../ui/kbd';
import { type Command, useCommandRegistry } from './commands';
import { recentCommands, rememberCommand } from './recent-commands';

const GROUPS = ['Recent', 'Do', 'Open', 'Go'] as const;
const SETTLE_MS = 150;

type CommandPaletteSurfaceProps = {
  open: boolean;
  onOpenChange(open: boolean): void;
  onCloseAutoFocus(event: Event): void;
};

/** The visible part of the palette. */
export default function CommandPaletteSurface(props: CommandPaletteSurfaceProps) {
  const { onCloseAutoFocus, ...root } = props;
  return (
    <Dialog.Root {...root}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed top-[12vh] left-1/2 z-20 w-[calc(100vw-2rem)] max-w-140 -translate-x-1/2 overflow-hidden rounded-3 border border-line bg-surface-1 shadow-modal"
        >
          <Dialog.Title className="sr-only">Find or do</Dialog.Title>
          <Palette close={() => props.onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ close }: { close(): void }) {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const { commands } = useCommandRegistry();
  const { found, searching } = useFound(query);
  const [recent] = useState(recentCommands);

  const choose = (command: Command, newTab: boolean) => {
    rememberCommand(command.id);
    close();
    if (command.run) command.run();
    else if (newTab) window.open(command.href, '_blank', 'noopener');
    else router.push(command.href);
  };

  const all = [...commands, ...found];
  const groupOf = (command: Command) => (query === '' && recent.includes(command.id) ? 'Recent' : command.group);
  return (
    <Cmdk
      label="Find or do"
      loop
      className="[&_[cmdk-group-heading]]:px-3.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-ink-3"
    >
      <div className="flex h-11 items-center gap-2.5 border-b border-line px-3.5">
        <Icon of={Search} />
        <Cmdk.Input
          value={query}
          onValueChange={setQuery}
          placeholder="A workflow, an environment, a verb"
          className="h-full min-w-0 flex-1 bg-transparent text-14 outline-none focus-visible:outline-none max-md:text-16"
        />
        {searching && <Glyph kind="run" />}
      </div>
      <Cmdk.List className="max-h-[50vh] overflow-y-auto pb-2">
        <Cmdk.Empty className="px-3.5 py-4 text-ink-2">
          {searching ? 'Looking…' : 'Nothing is called that. Try a part of the name.'}
        </Cmdk.Empty>
        {GROUPS.map((group) => {
          const members = all.filter((command) => groupOf(command) === group);
          return (
            members.length > 0 && (
              <Cmdk.Group key={group} heading={group}>
                {members.map((command) => (
                  <Entry key={command.id} command={command} choose={choose} />
                ))}
              </Cmdk.Group>
            )
          );
        })}
      </Cmdk.List>
      <Legend />
    </Cmdk>
  );
}

function Entry({ command, choose }: { command: Command; choose(command: Command, newTab: boolean): void }) {
  const [newTab, setNewTab] = useState(false);
  return (
    <Cmdk.Item
      value={`${command.id} ${command.label}`}
      keywords={[command.label, command.detail ?? '', ...(command.keywords ?? [])]}
      onPointerDown={(event) => setNewTab(event.metaKey || event.ctrlKey)}
      onSelect={() => choose(command, newTab)}
      className="mx-1 flex min-h-8 cursor-pointer items-center gap-2.5 rounded-2 px-2.5 aria-selected:bg-accent-soft max-md:min-h-10"
    >
      <span className="flex text-ink-3">{command.icon}</span>
      <span className="min-w-0 truncate">
        {command.label} {command.detail && <span className="text-ink-3">{command.detail}</span>}
      </span>
      <span className="ml-auto flex flex-none items-center gap-1">
        {command.mark}
        {command.keys && <Kbd>{command.keys}</Kbd>}
      </span>
    </Cmdk.Item>
  );
}

function Legend() {
  return (
    <p className="flex items-center gap-3.5 border-t border-line px-3.5 py-2 text-12 text-ink-3 max-md:hidden">
      <span>
        <Kbd>↑↓</Kbd> move
      </span>
      <span>
        <Kbd>↵</Kbd> open
      </span>
      <span className="ml-auto">
        <Kbd>?</Kbd> all keys
      </span>
    </p>
  );
}

/** What the server finds for a query, once typing settles; an answer to an older query is dropped. */
function useFound(query: string): { found: readonly Command[]; searching: boolean } {
  const { search } = useCommandRegistry();
  const [answer, setAnswer] = useState<{ query: string; found: readonly Command[] }>({ query: '', found: [] });

  useEffect(() => {
    if (!search || query.trim() === '') return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      search(query, abort.signal).then(
        (found) => setAnswer({ query, found }),
        () => !abort.signal.aborted && setAnswer({ query, found: [] }),
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [search, query]);

  const wanted = search && query.trim() !== '';
  return { found: wanted ? answer.found : [], searching: Boolean(wanted && answer.query !== query) };
}
