'use client';

import { createContext, type ReactNode, useContext, useId } from 'react';
import { cx } from './class-names';
import { Glyph } from './glyph';

type FieldIds = { id: string; describedBy?: string; invalid: boolean };

const FieldContext = createContext<FieldIds | null>(null);

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and that nothing was saved. Announced when it appears. */
  error?: string;
  className?: string;
  children: ReactNode;
};

/** A label, one control, its hint and its error, tied together. The control inside takes its ids from here. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = cx(Boolean(hint) && hintId, Boolean(error) && errorId) || undefined;
  return (
    <div className={cx('min-w-0', className)}>
      <Label htmlFor={id}>{label}</Label>
      <FieldContext value={{ id, describedBy, invalid: Boolean(error) }}>{children}</FieldContext>
      {hint && (
        <p id={hintId} className="mt-1 text-12 text-ink-3">
          {hint}
        </p>
      )}
      <div aria-live="polite">
        {error && (
          <p id={errorId} className="mt-1 flex gap-1.5 text-12 text-bad">
            <Glyph kind="bad" className="mt-px" />
            {error}
          </p>
        )}
      </div>
    </div>
  );
}

/** The words over a control. */
export function Label({ htmlFor, children }: { htmlFor?: string; children: ReactNode }) {
  return (
    <label htmlFor={htmlFor} className="mb-1 block text-12 font-medium text-ink-2">
      {children}
    </label>
  );
}

/** What a control inside a `Field` must carry; what its own props say wins. */
export function useFieldAttributes(own: { id?: string; 'aria-describedby'?: string }) {
  const field = useContext(FieldContext);
  return {
    id: own.id ?? field?.id,
    'aria-describedby': cx(own['aria-describedby'], field?.describedBy) || undefined,
    'aria-invalid': field?.invalid || undefined,
  };
}
