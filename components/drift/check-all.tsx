'use client';

import { useMutation } from '@tanstack/react-query';
import { ScanSearch } from 'lucide-react';
import { useEnvironments } from '@/components/environments/queries';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { checkDrift } from '@/lib/actions/drift';
import { act } from '@/lib/client/act';
import { toShownProblem } from '@/lib/client/problem-error';
import { watched } from './queries';

/** Checks every environment that is held to an approved state, now. */
export function CheckAll() {
  const { slug } = useTenant();
  const may = useMay('drift:check');
  const environments = watched(useEnvironments().data?.items ?? []);
  const refresh = useRefresh('jobs');
  const check = useMutation({
    mutationFn: () => Promise.all(environments.map(({ id }) => act(checkDrift, slug, { id }))),
    onSettled: refresh,
  });
  const why = !may
    ? 'Checking takes the role developer.'
    : environments.length === 0
      ? 'Only staging and production are checked; none is connected.'
      : undefined;
  return (
    <span className="inline-grid gap-1">
      <Button why={why} busy={check.isPending && 'Sending…'} onClick={() => check.mutate()}>
        <Icon of={ScanSearch} />
        Check now
      </Button>
      <FormProblem problem={check.error && toShownProblem(check.error)} />
    </span>
  );
}
