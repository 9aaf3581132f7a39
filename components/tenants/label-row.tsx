'use client';

import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Badge } from '@/components/ui/badge';
import { Button, IconButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import { createEnvironmentType, deleteEnvironmentType, updateEnvironmentType } from '@/lib/actions/environment-types';
import { toShownProblem } from '@/lib/client/problem-error';
import type { EnvironmentType } from '@/lib/features/connections/environment-types/schema';
import { RenameLabelForm } from './label-forms';

type LabelRowProps = {
  label: EnvironmentType;
  mayWrite: boolean;
  /** Absent at the top. */
  onMoveUp?: () => void;
  /** Absent at the foot. */
  onMoveDown?: () => void;
};

/** One label: its words, its place, whether it is offered. */
export function LabelRow({ label, mayWrite, onMoveUp, onMoveDown }: LabelRowProps) {
  const [isEditing, setIsEditing] = useState(false);
  if (isEditing) return <RenameLabelForm label={label} onDone={() => setIsEditing(false)} />;
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-3 border-b border-line py-1">
      <span className="min-w-0 flex-1 wrap-anywhere">
        <span className="font-medium">{label.label}</span> <code className="text-ink-3">{label.key}</code>{' '}
        {!label.isActive && <Badge tone="unknown">not offered</Badge>}
      </span>
      {mayWrite && (
        <span className="flex items-center gap-1">
          <IconButton label={`Move ${label.label} up`} size="icon-sm" whyId={edge(onMoveUp)} onClick={onMoveUp}>
            <Icon of={ArrowUp} />
          </IconButton>
          <IconButton label={`Move ${label.label} down`} size="icon-sm" whyId={edge(onMoveDown)} onClick={onMoveDown}>
            <Icon of={ArrowDown} />
          </IconButton>
          <IconButton label={`Rename ${label.label}`} size="icon-sm" onClick={() => setIsEditing(true)}>
            <Icon of={Pencil} />
          </IconButton>
          <OfferButton label={label} />
          <DeleteButton label={label} />
        </span>
      )}
    </li>
  );
}

/** Id of the reason why the first goes no higher and the last no lower; the list says it once. */
export const EDGE_ID = 'label-at-the-edge';
const edge = (move: (() => void) | undefined) => (move ? undefined : EDGE_ID);

const sayFailure = (title: string) => (error: Error) =>
  void toast({ kind: 'bad', title, detail: toShownProblem(error).detail });

function OfferButton({ label }: { label: EnvironmentType }) {
  const update = useAct(updateEnvironmentType, { onSuccess: useRefresh('environment-types') });
  return (
    <Button
      size="sm"
      busy={update.isPending && 'Saving…'}
      onClick={() =>
        update.mutate(
          { id: label.id, isActive: !label.isActive },
          { onError: sayFailure(`${label.label} stays as it was`) },
        )
      }
    >
      {label.isActive ? 'Stop offering' : 'Offer'}
    </Button>
  );
}

/** Undone by making it again, so nothing is asked before. */
function DeleteButton({ label: { id, key, label } }: { label: EnvironmentType }) {
  const refresh = useRefresh('environment-types');
  const create = useAct(createEnvironmentType, { onSuccess: refresh });
  const remove = useAct(deleteEnvironmentType, {
    onSuccess() {
      refresh();
      toast({
        kind: 'ok',
        title: `${label} is deleted`,
        action: { label: 'Undo', run: () => create.mutate({ key, label }) },
      });
    },
  });
  return (
    <IconButton
      label={`Delete ${label}`}
      size="icon-sm"
      onClick={() => remove.mutate({ id }, { onError: sayFailure(`${label} stays`) })}
    >
      <Icon of={Trash2} />
    </IconButton>
  );
}
