'use client';

import { useState } from 'react';
import { act } from '@/lib/client/act';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Problem } from '@/lib/core/errors';

type Action<Input, T> = Parameters<typeof act<Input, T>>[0];

type FormActionOptions<T> = {
  tenant?: string | null;
  /** The version that was looked at: a newer one makes the write a conflict. */
  ifMatch?: number;
  onDone?: (value: T) => void | Promise<void>;
};

/**
 * A form around one server action: while it runs, what went wrong, and which field. What was typed stays.
 * `errorOf('name')` is for the field; `problem` is what belongs to none of the fields asked for.
 */
export function useFormAction<Input, T>(
  action: Action<Input, T>,
  { tenant = null, ifMatch, onDone }: FormActionOptions<T> = {},
) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (input: Input) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await onDone?.(await act(action, tenant, input, ifMatch));
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const errorOf = (path: string) => problem?.errors?.find((error) => error.path === path)?.message;
  const unplaced = problem && !problem.errors?.some((error) => error.path) ? problem : null;
  return { submit, busy, problem: unplaced, errorOf };
}

/** The fields of a submitted form as text. */
export const fieldsOf = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
