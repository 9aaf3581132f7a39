'use client';

import type { UseMutationResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { ProgressSteps, writeSteps } from '@/components/patterns/progress-steps';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';

type Written = { status: string; detail: string | null };

type WriteDialogProps<Input> = {
  open: boolean;
  onOpenChange(open: boolean): void;
  workflow: WorkflowDetail;
  title: string;
  /** What will happen, and what is kept. */
  description: string;
  /** The verb on the button. */
  verb: string;
  variant?: 'primary' | 'danger';
  /** The action guard asks for a reason, which is recorded. */
  needsReason: boolean;
  /** Why it can't be sent yet. */
  why?: string;
  write: UseMutationResult<Written, Error, Input>;
  inputOf(reason: string | undefined): Input;
  children?: ReactNode;
};

/** One write to one workflow: what will happen, a reason where it takes one, and what came of it, read back. */
export function WriteDialog<Input>(props: WriteDialogProps<Input>) {
  const { workflow, write, verb, needsReason, variant = 'primary' } = props;
  const [reason, setReason] = useState('');
  const isProduction = workflow.environment.class === 'production';
  const close = () => {
    props.onOpenChange(false);
    write.reset();
  };
  const why = needsReason && reason.trim().length < 3 ? 'Say why first.' : props.why;
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => (open ? props.onOpenChange(true) : close())}
      title={props.title}
      description={props.description}
      footer={
        <>
          <Button onClick={close}>{write.isSuccess ? 'Close' : 'Leave it'}</Button>
          {!write.isSuccess && (
            <Button
              variant={isProduction ? 'prod' : variant}
              why={why}
              busy={write.isPending && 'Sending…'}
              onClick={() => write.mutate(props.inputOf(reason.trim() || undefined))}
            >
              {verb}
            </Button>
          )}
        </>
      }
    >
      {props.children}
      {needsReason && (
        <Field label="Reason" hint="Recorded as an expected change.">
          <Input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} />
        </Field>
      )}
      <div aria-live="polite" className="mt-3 grid gap-2">
        {write.isPending && <ProgressSteps label="Progress" steps={writeSteps('sending')} />}
        {write.data && (
          <ProgressSteps label="Progress" steps={writeSteps('verified', write.data.status !== 'applied')} />
        )}
        {write.data?.detail && <Note tone="warn">{write.data.detail}</Note>}
        <FormProblem problem={write.error && toShownProblem(write.error)} />
      </div>
    </Dialog>
  );
}
