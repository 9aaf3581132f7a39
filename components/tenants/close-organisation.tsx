'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { closeTenant } from '@/lib/actions/tenants';
import { toShownProblem } from '@/lib/client/problem-error';
import { CLOSING_DAYS } from '@/lib/features/identity/tenants/model';
import type { Tenant } from '@/lib/features/identity/tenants/schema';

/** The end of an organisation. For some weeks it can be taken back: the banner over every page does that. */
export function CloseOrganisation({ tenant }: { tenant: Tenant }) {
  const router = useRouter();
  const may = useMay('tenant:write');
  const [open, setOpen] = useState(false);
  const refresh = useRefresh('tenants');
  const close = useAct(closeTenant, {
    onSuccess() {
      setOpen(false);
      refresh();
      router.refresh();
    },
  });
  const why = !may
    ? 'An admin closes the organisation.'
    : tenant.status === 'closing'
      ? 'It is closed already. Reopen it above.'
      : undefined;
  return (
    <div className="grid justify-items-start gap-3 pt-4">
      <p className="max-w-[62ch] text-ink-2">
        Everything here is deleted after {CLOSING_DAYS} days: environments, inventory, history and the audit log. Until
        then an admin can reopen it. Nothing changes in n8n itself.
      </p>
      <Button variant="danger" why={why} onClick={() => setOpen(true)}>
        Close the organisation
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Close ${tenant.name}?`}
        description={`Everything is deleted after ${CLOSING_DAYS} days. Until then an admin can reopen it.`}
        confirm="Close it"
        keep="Keep it open"
        typeName={tenant.slug}
        busy={close.isPending && 'Closing…'}
        onConfirm={() => close.mutate({ id: tenant.id, confirm: tenant.slug })}
      >
        <FormProblem problem={close.error && toShownProblem(close.error)} />
      </ConfirmDialog>
    </div>
  );
}
