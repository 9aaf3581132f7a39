'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { fieldsOf, useFormAction } from '@/components/patterns/use-form-action';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { Button } from '@/components/ui/button';
import { createEnvironment, testConnection } from '@/lib/actions/environments';
import { syncEnvironment } from '@/lib/actions/sync';
import { act } from '@/lib/client/act';
import { toShownProblem } from '@/lib/client/problem-error';
import type { EnvironmentClass } from '@/lib/features/connections/environments/model';
import { ConnectionReport } from './connection-report';
import { EnvironmentFields } from './environment-fields';

/** Connects an instance: tries it first when asked, saves it, and reads it for the first time. */
export function ConnectForm() {
  const router = useRouter();
  const { slug } = useTenant();
  const element = useRef<HTMLFormElement>(null);
  const [unreachable, setUnreachable] = useState(false);
  const test = useAct(testConnection);
  const form = useFormAction(createEnvironment, {
    tenant: slug,
    async onDone({ id }) {
      await act(syncEnvironment, slug, { id }).catch(() => undefined);
      router.push(`/t/${slug}/environments/${id}`);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { name = '', baseUrl = '', apiKey = '', ...rest } = fieldsOf(event.currentTarget);
    setUnreachable(false);
    void form.submit({ name, baseUrl, apiKey, class: rest.class as EnvironmentClass }).then(() => setUnreachable(true));
  };
  const tryIt = () => {
    const { baseUrl, apiKey } = fieldsOf(element.current!);
    test.mutate({ baseUrl, apiKey });
  };
  const saveAnyway = () => {
    const { name = '', baseUrl = '', apiKey = '', ...rest } = fieldsOf(element.current!);
    void form.submit({ name, baseUrl, apiKey, class: rest.class as EnvironmentClass, saveUnreachable: true });
  };
  const refusedByInstance = unreachable && Boolean(form.errorOf('baseUrl'));
  return (
    <form ref={element} onSubmit={submit} className="mt-6 grid max-w-130 gap-4">
      <FormProblem problem={form.problem} />
      <EnvironmentFields errorOf={form.errorOf} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={form.busy && 'Connecting…'}>
          Connect
        </Button>
        <Button onClick={tryIt} busy={test.isPending && 'Asking…'}>
          Test the connection
        </Button>
        {refusedByInstance && !form.busy && <Button onClick={saveAnyway}>Save although it does not answer</Button>}
      </div>
      <div aria-live="polite">
        {test.error && <FormProblem problem={toShownProblem(test.error)} />}
        {test.data && <ConnectionReport test={test.data} />}
      </div>
    </form>
  );
}
