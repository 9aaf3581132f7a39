'use client';

import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay, useTenant } from '@/components/shell/tenant';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { download } from '@/lib/client/download';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Tenant } from '@/lib/features/identity/tenants/schema';

/** Everything the organisation has here, as one file. */
export function ExportData({ tenant }: { tenant: Tenant }) {
  const { slug } = useTenant();
  const may = useMay('tenant:export');
  const save = useMutation({ mutationFn: () => download(slug, `/tenants/${tenant.id}/export`) });
  return (
    <div className="grid justify-items-start gap-3 pt-4">
      <p className="max-w-[62ch] text-ink-2">
        One JSON file with everything kept here: environments, inventory, people, the audit log. Keys and passwords are
        not in it.
      </p>
      <FormProblem problem={save.error && toShownProblem(save.error)} />
      <Button
        why={may ? undefined : 'An admin exports the data.'}
        busy={save.isPending && 'Reading…'}
        onClick={() => save.mutate()}
      >
        <Icon of={Download} />
        Export everything
      </Button>
    </div>
  );
}
