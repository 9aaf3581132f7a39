'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { deleteLineage, renameLineage } from '@/lib/actions/lineages';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Lineage } from '@/lib/features/change/lineages/schema';

/** Another name, or, once nothing belongs to it, the end. */
export function LineageActions({ lineage }: { lineage: Lineage }) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const may = useMay('lineage:write');
  const close = () => setOpen(null);
  if (!may) return <span className="text-12 text-ink-3">Changing lineages takes the role developer.</span>;
  return (
    <>
      <Button onClick={() => setOpen('rename')}>Rename…</Button>
      {lineage.environments === 0 && <Button onClick={() => setOpen('delete')}>Delete…</Button>}
      <Rename open={open === 'rename'} lineage={lineage} onClose={close} />
      <Delete open={open === 'delete'} lineage={lineage} onClose={close} />
    </>
  );
}

type QuestionProps = { open: boolean; lineage: Lineage; onClose(): void };

function Rename({ open, lineage, onClose }: QuestionProps) {
  const [name, setName] = useState(lineage.name);
  const refresh = useRefresh('lineages');
  const rename = useAct(renameLineage, { onSuccess: refresh });
  const given = name.trim();
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={`Rename ${lineage.name}`}
      description="Only here. Its workflows keep their names, and its files in git are still called after its first one."
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            variant="primary"
            why={given ? undefined : 'It needs a name.'}
            busy={rename.isPending && 'Saving…'}
            onClick={() => rename.mutate({ id: lineage.id, name: given }, { onSuccess: onClose })}
          >
            Rename
          </Button>
        </>
      }
    >
      <Field label="Name">
        <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={200} />
      </Field>
      <FormProblem problem={rename.error && toShownProblem(rename.error)} />
    </Dialog>
  );
}

function Delete({ open, lineage, onClose }: QuestionProps) {
  const router = useRouter();
  const { slug } = useTenant();
  const refresh = useRefresh('lineages');
  const remove = useAct(deleteLineage, { onSuccess: refresh });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={`Delete ${lineage.name}?`}
      description="No workflow belongs to it. What git has of it stays."
      confirm="Delete"
      keep="Keep it"
      busy={remove.isPending && 'Deleting…'}
      onConfirm={() => remove.mutate({ id: lineage.id }, { onSuccess: () => router.push(`/t/${slug}/matrix`) })}
    >
      <FormProblem problem={remove.error && toShownProblem(remove.error)} />
    </ConfirmDialog>
  );
}
