'use client';

import { Popover } from '@/components/ui/popover';

const SHOWN = 2;

/** The scopes of a key: two of them, and the rest behind a button. */
export function ScopesCell({ scopes }: { scopes: readonly string[] }) {
  const rest = scopes.length - SHOWN;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <code className="text-ink-2">{scopes.slice(0, SHOWN).join(', ')}</code>
      {rest > 0 && (
        <Popover
          label="All scopes of this key"
          trigger={
            <button type="button" className="link min-h-6 text-12">
              and {rest} more
            </button>
          }
        >
          <ul className="max-h-80 overflow-y-auto font-mono text-12">
            {scopes.map((scope) => (
              <li key={scope}>{scope}</li>
            ))}
          </ul>
        </Popover>
      )}
    </span>
  );
}
