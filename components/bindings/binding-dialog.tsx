'use client';

import { useState } from 'react';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { FormProblem } from '@/components/patterns/form-problem';
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
      {/* Another version is another form: what is typed belongs to what was seen. */}
      <EditForm key={binding.version} binding={binding} onClose={onClose} />
    </Dialog>
  );
}

function EditForm({ binding, onClose }: { binding: Binding; onClose(): void }) {
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
    onDone() {
      refresh();
      onClose();
    },
  });
  const read = readValue(draft);
  const why = 'missing' in read ? read.missing : said.reason.trim() ? undefined : 'Say why.';
  const send = () => {
    if (!('value' in read)) return;
    const changed = JSON.stringify(read.value) !== JSON.stringify(binding.value);
    void form.submit({ id: binding.id, ...(changed && { value: read.value }), ...saidOf(said) });
  };
  return (
    <div className="grid gap-3">
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
      <FormProblem problem={form.problem} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Leave it</Button>
        <Button variant="primary" why={why} busy={form.busy && 'Saving…'} onClick={send}>
          Save
        </Button>
      </div>
    </div>
  );
}
