'use client';

import { useState } from 'react';
import { useGuard } from '@/components/environments/use-guard';
import { useAct } from '@/components/shell/use-act';
import { Button } from '@/components/ui/button';
import { activateWorkflow, deactivateWorkflow } from '@/lib/actions/workflows';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { WriteDialog } from './write-dialog';

/** Switching a workflow on or off. */
export function SwitchWorkflow({ workflow }: { workflow: WorkflowDetail }) {
  const [open, setOpen] = useState(false);
  const { active, environment } = workflow;
  const guard = useGuard(environment.id, active ? 'deactivate' : 'activate');
  const write = useAct(active ? deactivateWorkflow : activateWorkflow);
  const verb = active ? 'Switch off' : 'Switch on';
  const gone = workflow.presence === 'missing' || workflow.archived;
  return (
    <>
      <Button
        variant={environment.class === 'production' ? 'prod' : undefined}
        why={gone ? 'It is not there to switch.' : guard.why}
        onClick={() => setOpen(true)}
      >
        {verb}
      </Button>
      <WriteDialog
        open={open}
        onOpenChange={setOpen}
        workflow={workflow}
        title={`${verb}: ${workflow.name}`}
        description={
          active
            ? `Its triggers in ${environment.name} stop. Runs that have begun go on.`
            : `Its triggers in ${environment.name} start: webhooks answer, schedules fire.`
        }
        verb={verb}
        needsReason={guard.needsReason}
        write={write}
        inputOf={(reason) => ({ id: workflow.id, reason })}
      />
    </>
  );
}
