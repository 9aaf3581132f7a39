'use client';

import { Camera } from 'lucide-react';
import { useState } from 'react';
import { savedInWords } from '@/components/approved/saved-in-words';
import { useEnvironments } from '@/components/environments/queries';
import { useGuard } from '@/components/environments/use-guard';
import { JobStages, useJobActive } from '@/components/jobs/job-stages';
import { useMay } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { Select } from '@/components/ui/select';
import { takeSnapshot } from '@/lib/actions/snapshots';

/** Keeps all of what an environment has now. Without an environment it asks which. */
export function TakeSnapshot({ environmentId }: { environmentId?: string }) {
  const [open, setOpen] = useState(false);
  const may = useMay('snapshot:write');
  return (
    <>
      <Button why={may ? undefined : 'Taking a snapshot takes the role developer.'} onClick={() => setOpen(true)}>
        <Icon of={Camera} />
        Take a snapshot
      </Button>
      <SnapshotDialog open={open} onOpenChange={setOpen} environmentId={environmentId} />
    </>
  );
}

type SnapshotDialogProps = { open: boolean; onOpenChange(open: boolean): void; environmentId?: string };

function SnapshotDialog({ open, onOpenChange, environmentId }: SnapshotDialogProps) {
  const environments = useEnvironments().data?.items ?? [];
  const [chosen, setChosen] = useState('');
  const [message, setMessage] = useState('');
  const [acceptSecrets, setAcceptSecrets] = useState(false);
  const take = useAct(takeSnapshot);
  const active = useJobActive(take);
  const id = environmentId ?? (chosen || environments[0]?.id);
  const close = (next: boolean) => {
    if (!next) take.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title="Take a snapshot"
      description="The instance is read afresh and everything on it is kept as one commit in git. Nothing is approved by it, and nothing is written to the instance."
      footer={
        <>
          <Button onClick={() => close(false)}>{take.data ? 'Close' : 'Leave it'}</Button>
          {id ? (
            <TakeButton
              environmentId={id}
              busy={active}
              onTake={() => take.mutate({ environmentId: id, message: message.trim() || undefined, acceptSecrets })}
            />
          ) : (
            <Button why="Connect an environment first.">Take it</Button>
          )}
        </>
      }
    >
      <div className="grid gap-3">
        {!environmentId && (
          <Field label="Environment">
            <Select
              value={id ?? ''}
              onChange={(event) => setChosen(event.target.value)}
              options={environments.map(({ id, name, class: tier }) => ({ value: id, label: `${name} (${tier})` }))}
            />
          </Field>
        )}
        <Field label="Message" hint="Optional. What one looks for later.">
          <Input value={message} onChange={(event) => setMessage(event.target.value)} maxLength={500} />
        </Field>
        <Checkbox checked={acceptSecrets} onChange={(event) => setAcceptSecrets(event.target.checked)}>
          Take it also where a secret is written out in a workflow
        </Checkbox>
      </div>
      <JobStages started={take}>{(job) => <Note>{savedInWords(job.result)}</Note>}</JobStages>
    </Dialog>
  );
}

function TakeButton(props: { environmentId: string; busy: boolean; onTake(): void }) {
  const { why } = useGuard(props.environmentId, 'snapshot');
  return (
    <Button variant="primary" why={why} busy={props.busy && 'Reading…'} onClick={props.onTake}>
      Take it
    </Button>
  );
}
