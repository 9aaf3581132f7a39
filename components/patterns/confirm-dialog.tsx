'use client';

import { type ReactNode, useId, useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Why } from '../ui/why';

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: ReactNode;
  /** What will happen, and what is kept. */
  description: ReactNode;
  /** The verb on the button: "Delete 14". */
  confirm: string;
  /** The way out, in words: "Keep them". */
  keep?: string;
  /** A name to type first. Only for what can't be undone in production; everything else gets an undo instead. */
  typeName?: string;
  variant?: 'danger' | 'prod' | 'primary';
  /** "Deleting…" while it runs. */
  busy?: string | false;
  onConfirm(): void;
  /** A `FormProblem` when it failed. */
  children?: ReactNode;
};

/** A question before something that is hard to take back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { onOpenChange, confirm, keep = 'Cancel', typeName, variant = 'danger', busy, onConfirm, children } = props;
  const [typed, setTyped] = useState('');
  const whyId = useId();
  const matches = typeName === undefined || typed.trim() === typeName;
  const change = (open: boolean) => {
    setTyped('');
    onOpenChange(open);
  };
  return (
    <Dialog
      open={props.open}
      onOpenChange={change}
      title={props.title}
      description={props.description}
      footer={
        <>
          {!matches && (
            <span className="mr-auto">
              <Why id={whyId}>Opens when the name matches</Why>
            </span>
          )}
          <Button onClick={() => change(false)}>{keep}</Button>
          <Button variant={variant} busy={busy} whyId={matches ? undefined : whyId} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {typeName !== undefined && (
        <Field label={`Type ${typeName} to go on`}>
          <Input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      )}
      {children}
    </Dialog>
  );
}
