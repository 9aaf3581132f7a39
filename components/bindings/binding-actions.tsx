'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useGuard } from '@/components/environments/use-guard';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { IconButton } from '@/components/ui/button';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import { deleteBinding, reviewBinding } from '@/lib/actions/bindings';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Binding } from '@/lib/features/change/bindings/schema';
import { EditBinding } from './binding-dialog';

/** Change, review or end a declared difference. */
export function BindingActions({ binding }: { binding: Binding }) {
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const why = useMay('binding:write') ? undefined : 'Changing bindings takes the role developer.';
  const guard = useGuard(binding.environment.id, 'acceptDrift');
  const whyNotReview = binding.environment.class === 'dev' ? undefined : guard.why;
  const refresh = useRefresh('bindings');
  const review = useAct(reviewBinding, { onSuccess: refresh });
  const markReviewed = () =>
    review.mutate(
      { id: binding.id },
      {
        onSuccess: () => toast({ kind: 'ok', title: `${binding.requirement} is reviewed` }),
        onError: (error) => toast({ kind: 'bad', title: 'Not reviewed', detail: toShownProblem(error).detail }),
      },
    );
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={
          <IconButton label={`Actions for ${binding.requirement} in ${binding.environment.name}`}>
            <Icon of={Ellipsis} />
          </IconButton>
        }
        items={[
          { label: 'Change…', onSelect: () => setOpen('edit'), why },
          {
            label: 'Looked at, and right',
            onSelect: markReviewed,
            why: why ?? whyNotReview ?? (binding.reviewedAt ? 'It was reviewed, and not changed since.' : undefined),
          },
          { kind: 'line' },
          { label: 'Delete…', danger: true, onSelect: () => setOpen('delete'), why },
        ]}
      />
      <EditBinding open={open === 'edit'} binding={binding} onClose={() => setOpen(null)} />
      <Delete open={open === 'delete'} binding={binding} onClose={() => setOpen(null)} />
    </>
  );
}

function Delete({ open, binding, onClose }: { open: boolean; binding: Binding; onClose(): void }) {
  const refresh = useRefresh('bindings');
  const remove = useAct(deleteBinding, { onSuccess: refresh });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={`Delete the binding for ${binding.requirement}?`}
      description={`In ${binding.environment.name} it is then met by name and type, or a promotion stops and asks. What differs because of it shows as drift again. Nothing changes on the instance.`}
      confirm="Delete"
      keep="Keep it"
      busy={remove.isPending && 'Deleting…'}
      onConfirm={() => remove.mutate({ id: binding.id }, { onSuccess: onClose })}
    >
      <FormProblem problem={remove.error && toShownProblem(remove.error)} />
    </ConfirmDialog>
  );
}
