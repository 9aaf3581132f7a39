'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useGuard } from '@/components/environments/use-guard';
import { IconButton } from '@/components/ui/button';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { Icon } from '@/components/ui/icon';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { RemoveWorkflow } from './remove-workflow';
import { SwitchWorkflow } from './switch-workflow';
import { TagWorkflow } from './tag-workflow';

/** What can be done to a workflow, under the action guard of its environment; the reason where it can't. */
export function WorkflowActions({ workflow }: { workflow: WorkflowDetail }) {
  const [open, setOpen] = useState<'tags' | 'archive' | 'delete' | null>(null);
  const { id } = workflow.environment;
  const missing = workflow.presence === 'missing' ? 'It is gone from the instance.' : undefined;
  const tag = useGuard(id, 'tag').why;
  const archive = useGuard(id, 'archive').why;
  const remove = useGuard(id, 'delete').why;
  const control = (which: typeof open) => ({
    workflow,
    open: open === which,
    onOpenChange: (next: boolean) => setOpen(next ? which : null),
  });
  return (
    <>
      <SwitchWorkflow workflow={workflow} />
      <DropdownMenu
        align="end"
        trigger={
          <IconButton label="More actions">
            <Icon of={Ellipsis} />
          </IconButton>
        }
        items={[
          { label: 'Tags…', onSelect: () => setOpen('tags'), why: missing ?? tag },
          {
            label: 'Archive…',
            onSelect: () => setOpen('archive'),
            why: missing ?? (workflow.archived ? 'It is archived.' : archive),
          },
          { kind: 'line' },
          { label: 'Delete for good…', danger: true, onSelect: () => setOpen('delete'), why: missing ?? remove },
        ]}
      />
      <TagWorkflow {...control('tags')} />
      <RemoveWorkflow {...control('archive')} hard={false} />
      <RemoveWorkflow {...control('delete')} hard />
    </>
  );
}
