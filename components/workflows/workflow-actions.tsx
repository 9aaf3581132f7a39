'use client';

import { useState } from 'react';
import { useCapabilities } from '@/components/environments/queries';
import { FormProblem } from '@/components/patterns/form-problem';
import { ProgressSteps, writeSteps } from '@/components/patterns/progress-steps';
import { useAct } from '@/components/shell/use-act';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { activateWorkflow, deactivateWorkflow } from '@/lib/actions/workflows';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';

/** Switching a workflow on or off, under the action guard of its environment, read back before it is called done. */
export function WorkflowActions({ workflow }: { workflow: WorkflowDetail }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { data } = useCapabilities(workflow.environment.id);
  const verb = workflow.active ? 'Switch off' : 'Switch on';
  const decision = data?.actions.find(({ action }) => action === (workflow.active ? 'deactivate' : 'activate'));
  const write = useAct(workflow.active ? deactivateWorkflow : activateWorkflow);
  const gone = workflow.presence === 'missing' || workflow.archived;
  const why = gone
    ? 'It is not there to switch.'
    : decision && !decision.allowed
      ? `${decision.detail} ${decision.allowedBy}`
      : undefined;
  const isProduction = workflow.environment.class === 'production';
  const close = () => {
    setOpen(false);
    write.reset();
  };
  return (
    <>
      <Button variant={isProduction ? 'prod' : undefined} why={why} onClick={() => setOpen(true)}>
        {verb}
      </Button>
      <Dialog
        open={open}
        onOpenChange={(next) => (next ? setOpen(true) : close())}
        title={`${verb}: ${workflow.name}`}
        description={
          workflow.active
            ? `Its triggers in ${workflow.environment.name} stop. Runs that have begun go on.`
            : `Its triggers in ${workflow.environment.name} start: webhooks answer, schedules fire.`
        }
        footer={
          <>
            <Button onClick={close}>{write.isSuccess ? 'Close' : 'Leave it'}</Button>
            {!write.isSuccess && (
              <Button
                variant={isProduction ? 'prod' : 'primary'}
                why={decision?.needsReason && reason.trim().length < 3 ? 'Say why first.' : undefined}
                busy={write.isPending && 'Sending…'}
                onClick={() => write.mutate({ id: workflow.id, ...(reason ? { reason } : {}) })}
              >
                {verb}
              </Button>
            )}
          </>
        }
      >
        {decision?.needsReason && (
          <Field label="Reason" hint="Recorded as an expected change.">
            <Input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} />
          </Field>
        )}
        <div aria-live="polite" className="mt-3 grid gap-2">
          {write.isPending && <ProgressSteps label="Progress" steps={writeSteps('sending')} />}
          {write.isSuccess && (
            <ProgressSteps label="Progress" steps={writeSteps('verified', write.data.status !== 'applied')} />
          )}
          {write.data?.detail && <Note tone="warn">{write.data.detail}</Note>}
          <FormProblem problem={write.error && toShownProblem(write.error)} />
        </div>
      </Dialog>
    </>
  );
}
