'use client';

import { GitCommitHorizontal } from 'lucide-react';
import { useState } from 'react';
import { JobStages, useJobActive } from '@/components/jobs/job-stages';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { saveApproved } from '@/lib/actions/snapshots';
import type { Environment } from '@/lib/features/connections/environments/schema';
import type { ApprovedState } from '@/lib/features/history/snapshots/approved-schema';
import { savedInWords } from './saved-in-words';

/** Commits what a dev environment has now, to whichever store is configured. */
export function SaveApproved({ environment, approved }: { environment: Environment; approved: ApprovedState }) {
  const [open, setOpen] = useState(false);
  const { allowed, detail, allowedBy } = approved.save;
  return (
    <>
      <Button
        variant="primary"
        why={allowed ? undefined : [detail, allowedBy].filter(Boolean).join(' ')}
        onClick={() => setOpen(true)}
      >
        <Icon of={GitCommitHorizontal} />
        Save as approved
      </Button>
      <SaveDialog open={open} onOpenChange={setOpen} environment={environment} />
    </>
  );
}

type SaveDialogProps = { open: boolean; onOpenChange(open: boolean): void; environment: Environment };

function SaveDialog({ open, onOpenChange, environment: { id, name } }: SaveDialogProps) {
  const [message, setMessage] = useState('');
  const [acceptSecrets, setAcceptSecrets] = useState(false);
  const refresh = useRefresh('approved', 'environments', 'snapshots');
  const save = useAct(saveApproved, { onSuccess: refresh });
  const active = useJobActive(save);
  const close = (next: boolean) => {
    if (!next) save.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={`Save ${name} as approved`}
      description="The instance is read afresh and committed to git: one commit, or none where nothing changed. Nothing is written to the instance."
      footer={
        <>
          <Button onClick={() => close(false)}>{save.data ? 'Close' : 'Leave it'}</Button>
          <Button
            variant="primary"
            busy={active && 'Saving…'}
            onClick={() => save.mutate({ environmentId: id, message: message.trim() || undefined, acceptSecrets })}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <Field label="Message" hint="Optional. The first line of the commit.">
          <Input value={message} onChange={(event) => setMessage(event.target.value)} maxLength={500} />
        </Field>
        <Checkbox checked={acceptSecrets} onChange={(event) => setAcceptSecrets(event.target.checked)}>
          Save also where a secret is written out in a workflow
        </Checkbox>
      </div>
      <JobStages started={save}>{(job) => <Note>{savedInWords(job.result)}</Note>}</JobStages>
    </Dialog>
  );
}
