import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { Workflow } from '@/lib/features/inventory/workflows/schema';

type WorkflowStateProps = {
  workflow: Pick<Workflow, 'active' | 'archived' | 'presence' | 'missingSince' | 'unpublishedChanges'>;
};

/** Whether it runs, rests, or is gone; and whether what runs is what is drawn. */
export function WorkflowState({ workflow }: WorkflowStateProps) {
  if (workflow.presence === 'missing') {
    return (
      <span className="inline-flex flex-wrap items-baseline gap-x-2">
        <Status kind="bad" word="Missing" />
        {workflow.missingSince && <Time at={workflow.missingSince} className="text-12 text-ink-3" />}
      </span>
    );
  }
  if (workflow.archived) return <Status kind="hold" word="Archived" />;
  if (!workflow.active) return <Status kind="wait" word="Off" />;
  return (
    <Status
      kind={workflow.unpublishedChanges ? 'warn' : 'ok'}
      word={workflow.unpublishedChanges ? 'On, draft differs' : 'On'}
    />
  );
}
