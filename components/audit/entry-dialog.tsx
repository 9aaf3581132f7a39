'use client';

import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyId } from '@/components/ui/copy-id';
import { Dialog } from '@/components/ui/dialog';
import { KeyValues } from '@/components/ui/key-values';
import { Time } from '@/components/ui/time';
import type { AuditEntry } from '@/lib/features/identity/audit-log/schema';
import { Outcome, targetOf } from './audit-columns';
import type { AuditFilter } from './audit-query';

type EntryDialogProps = {
  entry: AuditEntry | null;
  onClose(): void;
  /** Shows only the entries that share this with it. */
  onNarrow(name: AuditFilter, value: string): void;
};

/** One entry in full, and the ways to others like it. It stays while the dialog closes. */
export function EntryDialog({ entry, onClose, onNarrow }: EntryDialogProps) {
  const last = useRef(entry);
  if (entry) last.current = entry;
  const shown = entry ?? last.current;
  return (
    <Dialog
      open={entry !== null}
      onOpenChange={onClose}
      width="wide"
      title={shown ? `#${shown.seq} ${shown.action}` : ''}
      footer={shown && <Siblings entry={shown} onNarrow={onNarrow} />}
    >
      {shown && <EntryFacts entry={shown} />}
    </Dialog>
  );
}

function EntryFacts({ entry }: { entry: AuditEntry }) {
  return (
    <div className="grid gap-4">
      <KeyValues
        items={[
          ['Outcome', <Outcome key="outcome" outcome={entry.outcome} />],
          ['When', <Time key="at" at={entry.at} show="full" />],
          ['By', `${entry.actor.label} (${entry.actor.type.replaceAll('_', ' ')})`],
          entry.target && ['About', targetOf(entry)],
          entry.target && ['Its id', <CopyId key="target" id={entry.target.id} noun="id of the target" full />],
          ['Request', <CopyId key="request" id={entry.requestId} noun="request id" full />],
          ['Hash', <CopyId key="hash" id={entry.hash} noun="hash" />],
        ]}
      />
      <CodeBlock code={JSON.stringify(entry.details, null, 2)} label="Details" />
    </div>
  );
}

function Siblings({ entry, onNarrow }: Pick<EntryDialogProps, 'onNarrow'> & { entry: AuditEntry }) {
  const { action, actor, target } = entry;
  return (
    <>
      <Button onClick={() => onNarrow('action', action)}>Only this action</Button>
      {actor.id && <Button onClick={() => onNarrow('actorId', actor.id ?? '')}>Only by {actor.label}</Button>}
      {target && <Button onClick={() => onNarrow('targetId', target.id)}>Only about this</Button>}
    </>
  );
}
