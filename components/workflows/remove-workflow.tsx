'use client';

import { useState } from 'react';
import { useGuard } from '@/components/environments/use-guard';
import { useAct } from '@/components/shell/use-act';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { deleteWorkflow } from '@/lib/actions/workflows';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { WriteDialog } from './write-dialog';

type RemoveWorkflowProps = {
  workflow: WorkflowDetail;
  /** Archived ones can be had back; deleted ones cannot. */
  hard: boolean;
  open: boolean;
  onOpenChange(open: boolean): void;
};

/** Archiving a workflow, or deleting it for good after typing its name. */
export function RemoveWorkflow({ workflow, hard, open, onOpenChange }: RemoveWorkflowProps) {
  const guard = useGuard(workflow.environment.id, hard ? 'delete' : 'archive');
  const [typed, setTyped] = useState('');
  const write = useAct(deleteWorkflow);
  const here = workflow.environment.name;
  return (
    <WriteDialog
      open={open}
      onOpenChange={onOpenChange}
      workflow={workflow}
      title={hard ? `Delete ${workflow.name} for good?` : `Archive ${workflow.name}?`}
      description={
        hard
          ? `${here} forgets it and its executions. What was read of it stays here, marked missing.`
          : `It stops, and leaves the lists of ${here}. It can be unarchived in n8n.`
      }
      verb={hard ? 'Delete' : 'Archive'}
      variant="danger"
      needsReason={guard.needsReason}
      why={guard.why ?? (hard && typed !== workflow.name ? 'Type the name first.' : undefined)}
      write={write}
      inputOf={(reason) => ({ id: workflow.id, hard, reason, ...(hard ? { confirmName: typed } : {}) })}
    >
      {hard && (
        <Field label={`Type ${workflow.name}`}>
          <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </Field>
      )}
    </WriteDialog>
  );
}
