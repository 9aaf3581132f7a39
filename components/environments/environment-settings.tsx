'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { BasisProblem, overtakenWhy } from '@/components/patterns/saved-meanwhile';
import { type Basis, useBasis } from '@/components/patterns/use-basis';
import { fieldsOf, useFormAction } from '@/components/patterns/use-form-action';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Section } from '@/components/ui/section';
import { toast } from '@/components/ui/toast';
import { deleteEnvironment, updateEnvironment } from '@/lib/actions/environments';
import { toShownProblem } from '@/lib/client/problem-error';
import type { EnvironmentClass } from '@/lib/features/connections/environments/model';
import type { Environment } from '@/lib/features/connections/environments/schema';
import { EnvironmentFields } from './environment-fields';
import { EnvironmentPage } from './environment-page';

/** The last tab of an environment: how it is reached, what it is called, and the way to let go of it. */
export function EnvironmentSettings({ id }: { id: string }) {
  return (
    <EnvironmentPage id={id} tab="/settings">
      {(environment) => (
        <>
          <Section title="Connection">
            <Settings environment={environment} />
          </Section>
          <Section title="Disconnect">
            <Disconnect environment={environment} />
          </Section>
        </>
      )}
    </EnvironmentPage>
  );
}

const ADMIN_ONLY = 'An admin of the organisation changes environments.';

function Settings({ environment }: { environment: Environment }) {
  const basis = useBasis(environment.version);
  return <SettingsForm key={basis.key} {...{ environment, basis }} />;
}

function SettingsForm({ environment, basis }: { environment: Environment; basis: Basis }) {
  const { slug } = useTenant();
  const may = useMay('environment:write');
  const refresh = useRefresh('environments');
  const form = useFormAction(updateEnvironment, {
    tenant: slug,
    ifMatch: basis.ifMatch,
    onDone({ name, version }) {
      basis.saved(version);
      refresh();
      toast({ kind: 'ok', title: `${name} is saved` });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { name, baseUrl, apiKey, ...rest } = fieldsOf(event.currentTarget);
    void form.submit({
      id: environment.id,
      name,
      baseUrl,
      class: rest.class as EnvironmentClass,
      ...(apiKey ? { apiKey } : {}),
    });
  };
  return (
    <form
      onSubmit={submit}
      onClickCapture={basis.touch}
      onChangeCapture={basis.touch}
      className="grid max-w-130 gap-4 pt-4"
    >
      <BasisProblem what="this environment" basis={basis} form={form} onLook={refresh} />
      <EnvironmentFields errorOf={form.errorOf} saved={environment} />
      <Button
        type="submit"
        variant="primary"
        why={may ? overtakenWhy(basis, form) : ADMIN_ONLY}
        busy={form.busy && 'Saving…'}
        className="justify-self-start"
      >
        Save
      </Button>
    </form>
  );
}

function Disconnect({ environment }: { environment: Environment }) {
  const router = useRouter();
  const { slug } = useTenant();
  const may = useMay('environment:write');
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useAct(deleteEnvironment, { onSuccess: () => router.push(`/t/${slug}/environments`) });
  return (
    <div className="grid justify-items-start gap-2 pt-4">
      <p className="max-w-[62ch] text-ink-2">
        Forgets the key and the inventory read from here. Nothing changes in n8n itself; connecting again reads it anew.
      </p>
      <Button variant="danger" why={may ? undefined : ADMIN_ONLY} onClick={() => setOpen(true)}>
        Disconnect {environment.name}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Disconnect ${environment.name}?`}
        description="The executions counted here go too: n8n may have pruned them already."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button
              variant="danger"
              why={typed === environment.name ? undefined : 'Type the name first.'}
              busy={remove.isPending && 'Disconnecting…'}
              onClick={() => remove.mutate({ id: environment.id })}
            >
              Disconnect
            </Button>
          </>
        }
      >
        <FormProblem problem={remove.error && toShownProblem(remove.error)} />
        <Field label={`Type ${environment.name}`}>
          <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </Field>
      </Dialog>
    </div>
  );
}
