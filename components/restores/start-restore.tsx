'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { z } from 'zod';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { FormProblem } from '@/components/patterns/form-problem';
import { useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { executeRestore, planRestore } from '@/lib/actions/restores';
import { act } from '@/lib/client/act';
import { toShownProblem } from '@/lib/client/problem-error';
import type { RestorePreview } from '@/lib/features/history/restore/schema';
import type { Selection } from './queries';

type StartRestoreProps = { preview: z.infer<typeof RestorePreview>; selection: Selection };

/** Runs the plan that is on the page: what was seen, and nothing else. */
export function StartRestore({ preview, selection }: StartRestoreProps) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const start = useStart(preview, selection);
  const { environment, problems, plan, restore, workflows } = preview;
  const stop = problems.find(({ severity }) => severity === 'blocking');
  const why = stop?.detail ?? [restore.detail, restore.allowedBy].filter(Boolean).join(' ');
  const isProduction = environment.class === 'production';
  const verb = `Restore ${workflows.length === 1 ? workflows[0]!.name : `${workflows.length} workflows`}`;
  return (
    <>
      <Button variant={isProduction ? 'prod' : 'primary'} why={why || undefined} onClick={() => setOpen(true)}>
        {verb}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`${verb} in ${environment.name}?`}
        description={`${plan.steps.length} calls are made, each read back. If one fails, all that was written is taken back. What runs now is kept as a snapshot first: this can be undone by restoring that one.`}
        confirm={verb}
        keep="Leave it as it is"
        variant={isProduction ? 'prod' : 'primary'}
        busy={start.isPending && 'Sending…'}
        onConfirm={() => start.mutate(reason.trim())}
      >
        <Field label="Reason" hint="Optional. Stays with the restore and in the commit.">
          <Input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} />
        </Field>
        <FormProblem problem={start.error && toShownProblem(start.error)} />
      </ConfirmDialog>
    </>
  );
}

/** Plans it again, and runs it only when that is still the plan that was looked at; else the new one is shown. */
function useStart({ environment, plan }: StartRestoreProps['preview'], selection: Selection) {
  const { slug } = useTenant();
  const router = useRouter();
  const refresh = useRefresh('runs');
  return useMutation({
    async mutationFn(given: string) {
      const { snapshotId, file, removeOthers } = selection;
      const reason = given || undefined;
      const files = file ? [file] : undefined;
      const planned = await act(planRestore, slug, { id: snapshotId, files, removeOthers, reason });
      const moved = planned.plan.digest !== plan.digest;
      const run = { environment_id: environment.id, restoreId: planned.id, digest: plan.digest, reason };
      if (!moved) await act(executeRestore, slug, run);
      return `/t/${slug}/restores/${planned.id}${moved ? '?moved=true' : ''}`;
    },
    onSuccess(address) {
      refresh();
      router.push(address);
    },
  });
}
