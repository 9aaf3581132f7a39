'use client';

import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Input } from './input';
import { Kbd } from './kbd';

type SearchFieldProps = {
  /** What is searched, as label and placeholder: "Name, tag or node". */
  label: string;
  value: string;
  onChange(value: string): void;
  className?: string;
};

const SETTLE_MS = 200;

/** Searches while typing, once it settles. `/` focuses the first one on a page (`data-search`), Escape clears it. */
export function SearchField({ label, value, onChange, className }: SearchFieldProps) {
  const [draft, setDraft] = useState(value);
  const sent = useRef(value);

  // Back and forward change the value from outside; what is being typed must not be overwritten by its own echo.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setDraft(value);
  }, [value]);

  const send = (text: string) => {
    if (text === sent.current) return;
    sent.current = text;
    onChange(text);
  };

  useEffect(() => {
    const timer = setTimeout(() => send(draft), SETTLE_MS);
    return () => clearTimeout(timer);
  });

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') send(draft);
    if (event.key !== 'Escape') return;
    if (draft === '') event.currentTarget.blur();
    setDraft('');
    send('');
  };

  return (
    <Input
      type="search"
      data-search=""
      icon={Search}
      aria-label={label}
      placeholder={label}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      after={draft === '' && <Kbd>/</Kbd>}
      className={className ?? 'w-55 max-md:w-full'}
    />
  );
}
