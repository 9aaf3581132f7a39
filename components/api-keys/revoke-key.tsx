'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { revokeApiKey } from '@/lib/actions/api-keys';
import { toShownProblem } from '@/lib/client/problem-error';
import type { ApiKey } from '@/lib/features/identity/api-keys/schema';

/** Ends a key that still works. */
export function RevokeKey({ apiKey }: { apiKey: ApiKey }) {
  const [open, setOpen] = useState(false);
  const may = useMay('api-key:write');
  const refresh = useRefresh('api-keys');
  const revoke = useAct(revokeApiKey, { onSuccess: refresh });
  if (!may || apiKey.status !== 'active') return null;
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)} aria-label={`Revoke ${apiKey.name}`}>
        Revoke
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Revoke ${apiKey.name}?`}
        description="Its next request is refused, and it can’t be brought back. Make the new key first if a program still needs one."
        confirm="Revoke"
        keep="Keep it"
        busy={revoke.isPending && 'Revoking…'}
        onConfirm={() => revoke.mutate({ id: apiKey.id }, { onSuccess: () => setOpen(false) })}
      >
        <FormProblem problem={revoke.error && toShownProblem(revoke.error)} />
      </ConfirmDialog>
    </>
  );
}
