'use client';

import type { FormEvent, ReactNode } from 'react';
import { fieldsOf } from '@/components/patterns/use-form-action';
import { Button } from '@/components/ui/button';

type EntryFormProps = {
  /** What the one button says, and what it says while it works. */
  verb: string;
  busyVerb: string;
  busy: boolean;
  onSubmit(fields: Record<string, string>): void;
  children: ReactNode;
  /** Under the button: the other ways. */
  foot?: ReactNode;
};

/** A form of the pages before anybody is known: fields in a column, one button. */
export function EntryForm({ verb, busyVerb, busy, onSubmit, children, foot }: EntryFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(fieldsOf(event.currentTarget));
  };
  return (
    <form onSubmit={submit} className="mt-6 grid gap-4">
      {children}
      <Button type="submit" variant="primary" busy={busy && busyVerb} className="justify-self-start">
        {verb}
      </Button>
      {foot && <div className="text-12 text-ink-2">{foot}</div>}
    </form>
  );
}
