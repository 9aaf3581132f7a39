'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { BasisProblem, overtakenWhy } from '@/components/patterns/saved-meanwhile';
import { type Basis, useBasis } from '@/components/patterns/use-basis';
import { fieldsOf, useFormAction } from '@/components/patterns/use-form-action';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { CopyId } from '@/components/ui/copy-id';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { KeyValues } from '@/components/ui/key-values';
import { toast } from '@/components/ui/toast';
import { updateTenant } from '@/lib/actions/tenants';
import type { Tenant } from '@/lib/features/identity/tenants/schema';

/** The name, which can change, and the address, which links depend on. */
export function NameForm({ tenant }: { tenant: Tenant }) {
  const basis = useBasis(tenant.version);
  return <Form key={basis.key} {...{ tenant, basis }} />;
}

function Form({ tenant, basis }: { tenant: Tenant; basis: Basis }) {
  const { slug } = useTenant();
  const router = useRouter();
  const may = useMay('tenant:write');
  const refresh = useRefresh('tenants');
  const form = useFormAction(updateTenant, {
    tenant: slug,
    ifMatch: basis.ifMatch,
    onDone({ name, version }) {
      basis.saved(version);
      refresh();
      router.refresh();
      toast({ kind: 'ok', title: `It is called ${name} now` });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void form.submit({ id: tenant.id, name: fieldsOf(event.currentTarget).name ?? '' });
  };
  return (
    <form onSubmit={submit} onChangeCapture={basis.touch} className="grid max-w-130 gap-4 pt-4">
      <BasisProblem what="the organisation" basis={basis} form={form} onLook={refresh} />
      <Field label="Name" error={form.errorOf('name')}>
        <Input name="name" required maxLength={100} defaultValue={tenant.name} readOnly={!may} />
      </Field>
      <KeyValues
        items={[
          ['In addresses', <CopyId key="slug" id={tenant.slug} noun="slug" full />],
          ['Id', <CopyId key="id" id={tenant.id} noun="organisation id" full />],
        ]}
      />
      <Button
        type="submit"
        why={may ? overtakenWhy(basis, form) : 'An admin renames the organisation.'}
        busy={form.busy && 'Saving…'}
        className="justify-self-start"
      >
        Save the name
      </Button>
    </form>
  );
}
