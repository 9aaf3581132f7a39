'use client';

import { useRef, useState } from 'react';
import { act } from '@/lib/client/act';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Problem } from '@/lib/core/errors';
import { undrawnProblem } from './undrawn-problem';

type Action<Input, T> = Parameters<typeof act<Input, T>>[0];

type FormActionOptions<T> = {
  tenant?: string | null;
  /** The version that was looked at: a newer one makes the write a conflict. */
  ifMatch?: number;
  onDone?: (value: T) => void | Promise<void>;
};

/**
 * A form around one server action: while it runs, what went wrong, and which field. What was typed stays.
 * `errorOf('name')` is for the field; `problem` is what belongs to none of the fields that asked while they were drawn.
 */
export function useFormAction<Input, T>(
  action: Action<Input, T>,
  { tenant = null, ifMatch, onDone }: FormActionOptions<T> = {},
) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [undrawn, setUndrawn] = useState<Problem | null>(null);
  // Each rendering asks anew, parts of the form after the form itself: what was drawn is known once an answer arrives.
  const latest = useRef<ReadonlySet<string>>(new Set());
  const drawn = new Set<string>();
  latest.current = drawn;
  const show = (next: Problem | null) => {
    setProblem(next);
    setUndrawn(next && undrawnProblem(next, latest.current));
  };
  const submit = async (input: Input) => {
    if (busy) return;
    setBusy(true);
    show(null);
    try {
      await onDone?.(await act(action, tenant, input, ifMatch));
    } catch (error) {
      show(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const errorOf = (path: string) => {
    drawn.add(path);
    return problem?.errors?.find((error) => error.path === path)?.message;
  };
  return { submit, busy, problem: undrawn, errorOf };
}

/** The fields of a submitted form as text. */
export const fieldsOf = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
