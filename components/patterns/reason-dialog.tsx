'use client';

import { type ReactNode, useState } from 'react';
import type { Problem } from '@/lib/core/errors';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Textarea } from '../ui/input';
import { FormProblem } from './form-problem';

type ReasonDialogProps = {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: string;
  /** What will happen, and what is kept. */
  description: ReactNode;
  /** The verb on the button. */
  confirm: string;
  /** The way out, in words. */
  keep?: string;
  variant?: 'primary' | 'danger' | 'prod';
  busy?: string | false;
  problem?: Problem | null;
  /** Who reads the reason, and where it stays. */
  hint?: string;
  onConfirm(reason: string): void;
  children?: ReactNode;
};

/** A decision that is recorded with its reason. What was typed stays when it is refused. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { onOpenChange, confirm, keep = 'Leave it', variant = 'primary', busy, problem = null, onConfirm } = props;
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <Dialog
      open={props.open}
      onOpenChange={onOpenChange}
      title={props.title}
      description={props.description}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{keep}</Button>
          <Button
            variant={variant}
            busy={busy}
            why={given ? undefined : 'Say why first.'}
            onClick={() => onConfirm(given)}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {props.children}
      <Field label="Reason" hint={props.hint ?? 'Stays with the decision and in the audit log.'}>
        <Textarea value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} rows={2} />
      </Field>
      <FormProblem problem={problem} />
    </Dialog>
  );
}
