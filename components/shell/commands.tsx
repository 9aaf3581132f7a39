'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';

export type Command = {
  id: string;
  label: string;
  /** Behind the label, in third ink. */
  detail?: string;
  /** `Do` for verbs, `Open` for things. */
  group: 'Do' | 'Open' | 'Go';
  /** An `<Icon>`. */
  icon?: ReactNode;
  /** At the far end, such as a tier mark. */
  mark?: ReactNode;
  /** More words that find it. */
  keywords?: string[];
  /** The shortcut that does the same. */
  keys?: string;
} & ({ href: string; run?: never } | { run(): void; href?: never });

/** Finds things on the server while one types. Aborted when the query changes. */
export type CommandSearch = (query: string, signal: AbortSignal) => Promise<Command[]>;

type Registry = {
  commands: readonly Command[];
  search?: CommandSearch;
  add(commands: readonly Command[]): () => void;
};

const CommandsContext = createContext<Registry | null>(null);

/** Collects what the palette offers: what the shell passes, what pages add, and what the search finds. */
export function CommandsProvider(props: { commands: readonly Command[]; search?: CommandSearch; children: ReactNode }) {
  const [added, setAdded] = useState<readonly (readonly Command[])[]>([]);
  const registry = useMemo<Registry>(
    () => ({
      commands: [...added.flat(), ...props.commands],
      search: props.search,
      add(commands) {
        setAdded((current) => [commands, ...current]);
        return () => setAdded((current) => current.filter((other) => other !== commands));
      },
    }),
    [added, props.commands, props.search],
  );
  return <CommandsContext value={registry}>{props.children}</CommandsContext>;
}

/** What the palette offers now. */
export function useCommandRegistry(): Pick<Registry, 'commands' | 'search'> {
  return useContext(CommandsContext) ?? { commands: [] };
}

/** Adds a page's own commands while it is mounted. Keep the array stable (module scope or `useMemo`). */
export function useCommands(commands: readonly Command[]): void {
  const registry = useContext(CommandsContext);
  const add = useRef(registry?.add);
  useEffect(() => {
    add.current = registry?.add;
  });
  useEffect(() => add.current?.(commands), [commands]);
}
