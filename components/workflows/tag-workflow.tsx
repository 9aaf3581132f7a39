'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { useGuard } from '@/components/environments/use-guard';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { Checkbox } from '@/components/ui/checkbox';
import { setWorkflowTags } from '@/lib/actions/workflows';
import { resource } from '@/lib/client/resource';
import type { TagPage } from '@/lib/features/inventory/tags/schema';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { WriteDialog } from './write-dialog';

type TagWorkflowProps = { workflow: WorkflowDetail; open: boolean; onOpenChange(open: boolean): void };

/** Choosing a workflow's tags among those the instance has. */
export function TagWorkflow({ workflow, open, onOpenChange }: TagWorkflowProps) {
  const { slug } = useTenant();
  const { environment } = workflow;
  const guard = useGuard(environment.id, 'tag');
  const [chosen, setChosen] = useState<readonly string[]>(workflow.tags);
  const write = useAct(setWorkflowTags);
  const { data } = useQuery({
    ...resource<z.infer<typeof TagPage>>(slug, 'tags', '/tags', { environmentId: environment.id, pageSize: 100 }),
    enabled: open,
  });
  const toggle = (name: string) =>
    setChosen(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  return (
    <WriteDialog
      open={open}
      onOpenChange={onOpenChange}
      workflow={workflow}
      title={`Tags of ${workflow.name}`}
      description={`Tags are ${environment.name}’s own; new ones are made in n8n.`}
      verb="Set the tags"
      needsReason={guard.needsReason}
      why={guard.why}
      write={write}
      inputOf={(reason) => ({ id: workflow.id, tags: [...chosen], reason })}
    >
      <fieldset className="grid max-h-60 gap-1 overflow-y-auto">
        <legend className="sr-only">Tags</legend>
        {data?.items.length === 0 && <p className="text-ink-3">{environment.name} has no tags.</p>}
        {data?.items.map(({ id, name }) => (
          <Checkbox key={id} checked={chosen.includes(name)} onChange={() => toggle(name)}>
            {name}
          </Checkbox>
        ))}
      </fieldset>
    </WriteDialog>
  );
}
