'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { FormProblem } from '@/components/patterns/form-problem';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useAdminCount } from '@/components/team/queries';
import { Button } from '@/components/ui/button';
import { leaveTenant } from '@/lib/actions/tenants';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Tenant } from '@/lib/features/identity/tenants/schema';

/** The way out for one person. */
export function LeaveOrganisation({ tenant }: { tenant: Tenant }) {
  const { role } = useTenant();
  const [open, setOpen] = useState(false);
  const adminCount = useAdminCount();
  // A full navigation: nothing of the organisation may stay in this browser.
  const leave = useAct(leaveTenant, { onSuccess: () => location.assign('/') });
  const lastAdmin = role === 'admin' && adminCount === 1;
  return (
    <div id="leave" className="grid justify-items-start gap-3 pt-4">
      <p className="max-w-[62ch] text-ink-2">
        You lose access at once, and the API keys you made are revoked. Coming back takes an invitation.
      </p>
      <Button
        variant="danger"
        why={
          lastAdmin ? 'You are the last admin. Make somebody else admin first, or close the organisation.' : undefined
        }
        onClick={() => setOpen(true)}
      >
        Leave
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Leave ${tenant.name}?`}
        description="You lose access at once, and the API keys you made are revoked."
        confirm="Leave"
        keep="Stay"
        busy={leave.isPending && 'Leaving…'}
        onConfirm={() => leave.mutate({ id: tenant.id })}
      >
        <FormProblem problem={leave.error && toShownProblem(leave.error)} />
      </ConfirmDialog>
    </div>
  );
}
