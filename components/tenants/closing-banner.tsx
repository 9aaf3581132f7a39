'use client';

import { useRouter } from 'next/navigation';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Glyph } from '@/components/ui/glyph';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toast';
import { reopenTenant } from '@/lib/actions/tenants';
import { toShownProblem } from '@/lib/client/problem-error';
import { useOrganisation } from './queries';

/** Over every page of an organisation that is closing: when it ends, and the way back. */
export function ClosingBanner() {
  const router = useRouter();
  const { id, name } = useTenant();
  const may = useMay('tenant:write');
  const closesAt = useOrganisation().data?.closesAt;
  const refresh = useRefresh('tenants');
  const reopen = useAct(reopenTenant, {
    onSuccess() {
      refresh();
      router.refresh();
      toast({ kind: 'ok', title: `${name} is open again` });
    },
  });
  return (
    <section
      aria-label="The organisation is closing"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-warn bg-warn-soft px-8 py-2 max-md:px-4"
    >
      <Glyph kind="warn" />
      <p className="min-w-0 flex-1">
        <b>{name} is closed.</b> Everything here is deleted{' '}
        {closesAt ? <Time at={closesAt} show="full" prefix="on" /> : 'after 30 days'} unless it is reopened.{' '}
        {reopen.error && toShownProblem(reopen.error).detail}
      </p>
      <Button
        size="sm"
        why={may ? undefined : 'An admin reopens it.'}
        busy={reopen.isPending && 'Reopening…'}
        onClick={() => reopen.mutate({ id })}
      >
        Reopen it
      </Button>
    </section>
  );
}
