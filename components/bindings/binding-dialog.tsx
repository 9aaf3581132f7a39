'use client';

import { useState } from 'react';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { BasisProblem, overtakenWhy } from '@/components/patterns/saved-meanwhile';
import { type Basis, useBasis } from '@/components/patterns/use-basis';
import { useFormAction } from '@/components/patterns/use-form-action';
import { useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { updateBinding } from '@/lib/actions/bindings';
import type { Binding } from '@/lib/features/change/bindings/schema';
import { type BindingDraft, draftOf, readValue } from './draft';
import { type Said, SaidFields, saidOf } from './said-fields';
import { ValueFields } from './value-fields';

/** Changes or prolongs a binding. Another value and a later end have to be reviewed anew. */
export function EditBinding({ open, binding, onClose }: { open: boolean; binding: Binding; onClose(): void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      width="wide"
      title={binding.requirement}
      description={
        <span className="flex flex-wrap items-center gap-x-2">
          What it is met by in
          <EnvironmentName tier={binding.environment.class} name={binding.environment.name} />
          {binding.lineage && `for ${binding.lineage.name}`}
        </span>
      }
    >
      <Edit binding={binding} onClose={onClose} />
    </Dialog>
  );
}

type EditProps = { binding: Binding; onClose(): void };

function Edit({ binding, onClose }: EditProps) {
  const basis = useBasis(binding.version);
  return <EditForm key={basis.key} {...{ binding, basis, onClose }} />;
}

function EditForm({ binding, basis, onClose }: EditProps & { basis: Basis }) {
  const { slug } = useTenant();
  const refresh = useRefresh('bindings');
  const [draft, setDraft] = useState<BindingDraft>(() => draftOf(binding));
  const [said, setSaid] = useState<Said>({
    reason: binding.reason,
    owner: binding.owner,
    expiresOn: binding.expiresAt?.slice(0, 10) ?? '',
  });
  const form = useFormAction(updateBinding, {
    tenant: slug,
    ifMatch: basis.ifMatch,
    onDone() {
      refresh();
      onClose();
    },
  });
  const read = readValue(draft);
  const incomplete = 'missing' in read ? read.missing : said.reason.trim() ? undefined : 'Say why.';
  const why = overtakenWhy(basis, form) ?? incomplete;
  const send = () => {
    if (!('value' in read)) return;
    const changed = JSON.stringify(read.value) !== JSON.stringify(binding.value);
    void form.submit({ id: binding.id, ...(changed && { value: read.value }), ...saidOf(said) });
  };
  return (
    <div className="grid gap-3" onClickCapture={basis.touch} onChangeCapture={basis.touch}>
      <ValueFields
        environmentId={binding.environment.id}
        draft={draft}
        onChange={(part) => setDraft((current) => ({ ...current, ...part }))}
        errorOf={form.errorOf}
      />
      <SaidFields
        said={said}
        onChange={(part) => setSaid((current) => ({ ...current, ...part }))}
        errorOf={form.errorOf}
      />
      <BasisProblem what="this binding" basis={basis} form={form} onLook={refresh} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Leave it</Button>
        <Button variant="primary" why={why} busy={form.busy && 'Saving…'} onClick={send}>
          Save
        </Button>
      </div>
    </div>
  );
}
