'use client';

import { type KeyboardEvent, useId } from 'react';
import { Input } from '@/components/ui/input';

type ActionFilterProps = {
  value: string;
  /** Offered while typing. */
  suggestions: readonly string[];
  onChange(value: string): void;
};

/** One action by its name. Typed ones are asked for when they are complete: on Enter, or on leaving the field. */
export function ActionFilter({ value, suggestions, onChange }: ActionFilterProps) {
  const listId = useId();
  const commit = (text: string) => text.trim() !== value && onChange(text.trim());
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit(event.currentTarget.value);
  };
  return (
    <>
      <Input
        key={value}
        aria-label="Action"
        placeholder="Action: any"
        defaultValue={value}
        list={listId}
        autoComplete="off"
        spellCheck={false}
        onKeyDown={onKeyDown}
        onBlur={(event) => commit(event.currentTarget.value)}
        onChange={(event) => suggestions.includes(event.currentTarget.value) && commit(event.currentTarget.value)}
        className="w-48 max-md:w-full"
      />
      <datalist id={listId}>
        {suggestions.map((action) => (
          <option key={action} value={action} />
        ))}
      </datalist>
    </>
  );
}
