'use client';

import { Plus } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { ShownOnce } from '@/components/patterns/shown-once';
import { fieldsOf, useFormAction } from '@/components/patterns/use-form-action';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { createApiKey } from '@/lib/actions/api-keys';
import type { TenantPermission } from '@/lib/core/permissions';
import { DEFAULT_KEY_DAYS, MAX_KEY_DAYS } from '@/lib/features/identity/api-keys/model';
import { isReading } from './scope-groups';
import { ScopePicker } from './scope-picker';

type MadeKey = { name: string; key: string };

/** Opens the form for a new key, or says who may. */
export function CreateKeyButton() {
  const may = useMay('api-key:write');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="primary"
        why={may ? undefined : 'An admin of the organisation makes API keys.'}
        onClick={() => setOpen(true)}
      >
        <Icon of={Plus} />
        Make a key
      </Button>
      <CreateKeyDialog open={open} onOpenChange={setOpen} />
    </>
  );
}

function CreateKeyDialog({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const formId = useId();
  const [made, setMade] = useState<MadeKey | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const change = (next: boolean) => {
    setMade(null);
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      width="wide"
      title={made ? `${made.name} is made` : 'Make an API key'}
      description={made ? undefined : 'It acts in your name, and ends when you leave the organisation.'}
      footer={
        made ? (
          <Button onClick={() => change(false)}>I have stored it</Button>
        ) : (
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" busy={isBusy && 'Making it…'}>
              Make the key
            </Button>
          </>
        )
      }
    >
      {made ? (
        <ShownOnce label="Key" secret={made.key}>
          Send it as <code>Authorization: Bearer …</code>
        </ShownOnce>
      ) : (
        <CreateKeyForm id={formId} onBusy={setIsBusy} onMade={setMade} />
      )}
    </Dialog>
  );
}

const NEVER = 'never';
const EXPIRIES = [
  { value: '30', label: '30 days' },
  { value: String(DEFAULT_KEY_DAYS), label: `${DEFAULT_KEY_DAYS} days` },
  { value: '365', label: 'a year' },
  { value: String(MAX_KEY_DAYS), label: 'two years' },
  { value: NEVER, label: 'does not expire' },
];

function CreateKeyForm(props: { id: string; onBusy(busy: boolean): void; onMade(key: MadeKey): void }) {
  const { slug, permissions } = useTenant();
  const refresh = useRefresh('api-keys');
  const [scopes, setScopes] = useState<readonly TenantPermission[]>(() => permissions.filter(isReading));
  const form = useFormAction(createApiKey, {
    tenant: slug,
    onDone({ name, key }) {
      refresh();
      props.onMade({ name, key });
    },
  });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { name = '', expires } = fieldsOf(event.currentTarget);
    props.onBusy(true);
    await form.submit({ name, scopes: [...scopes], expiresInDays: expires === NEVER ? null : Number(expires) });
    props.onBusy(false);
  };
  return (
    <form id={props.id} onSubmit={submit} className="grid gap-4">
      <FormProblem problem={form.problem} />
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <Field label="Name" hint="What uses it, so that it can be found again." error={form.errorOf('name')}>
          <Input name="name" required maxLength={100} autoComplete="off" placeholder="CI" />
        </Field>
        <Field label="Works for" error={form.errorOf('expiresInDays')}>
          <Select name="expires" defaultValue={String(DEFAULT_KEY_DAYS)} options={EXPIRIES} />
        </Field>
      </div>
      <ScopePicker value={scopes} onChange={setScopes} error={form.errorOf('scopes')} />
    </form>
  );
}
