'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { ReasonDialog } from '@/components/patterns/reason-dialog';
import { useMay } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { IconButton } from '@/components/ui/button';
import { DropdownMenu, type MenuItem } from '@/components/ui/dropdown-menu';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import { ignoreWorkflow, unignoreWorkflow, unlinkWorkflow } from '@/lib/actions/lineages';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowIdentity } from '@/lib/features/change/lineages/schema';
import { LinkDialog } from './link-dialog';

type Act = 'link' | 'unlink' | 'ignore';

/** What can be decided about where a workflow belongs; the reason where nothing can. */
export function IdentityActions({ identity }: { identity: WorkflowIdentity }) {
  const [act, setAct] = useState<Act | null>(null);
  const why = useMay('lineage:write') ? undefined : 'Linking takes the role developer.';
  const close = () => setAct(null);
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={
          <IconButton label={`Actions for ${identity.name} in ${identity.environment.name}`} size="icon">
            <Icon of={Ellipsis} />
          </IconButton>
        }
        items={useItems(identity, setAct, why)}
      />
      <LinkDialog open={act === 'link'} identity={identity} onClose={close} />
      <Unlink open={act === 'unlink'} identity={identity} onClose={close} />
      <Ignore open={act === 'ignore'} identity={identity} onClose={close} />
    </>
  );
}

function useItems({ status, workflowId, name }: WorkflowIdentity, open: (act: Act) => void, why?: string): MenuItem[] {
  const refresh = useRefresh('lineages');
  const unignore = useAct(unignoreWorkflow, { onSuccess: refresh });
  const isLinked = status === 'linked' || status === 'missing';
  const gone = status === 'deleted' ? 'It is gone from the instance, and no lineage expects it.' : undefined;
  const stopIgnoring = () =>
    unignore.mutate(
      { id: workflowId },
      {
        onSuccess: () => toast({ kind: 'ok', title: `${name} is no longer ignored` }),
        onError: (error) => toast({ kind: 'bad', title: 'Still ignored', detail: toShownProblem(error).detail }),
      },
    );
  return [
    { label: isLinked ? 'Link to another…' : 'Link…', onSelect: () => open('link'), why: why ?? gone },
    {
      label: 'Unlink…',
      onSelect: () => open('unlink'),
      why: why ?? (isLinked ? undefined : 'It belongs to no lineage.'),
    },
    { kind: 'line' },
    status === 'ignored'
      ? { label: 'Stop ignoring', onSelect: stopIgnoring, why }
      : { label: 'Ignore…', onSelect: () => open('ignore'), why: why ?? gone },
  ];
}

type QuestionProps = { open: boolean; identity: WorkflowIdentity; onClose(): void };

function Unlink({ open, identity: { workflowId, name, lineage, environment }, onClose }: QuestionProps) {
  const refresh = useRefresh('lineages');
  const unlink = useAct(unlinkWorkflow, { onSuccess: refresh });
  return (
    <ReasonDialog
      open={open}
      onOpenChange={onClose}
      title={`Unlink ${name}?`}
      description={`In ${environment.name} it no longer counts as ${lineage?.name ?? 'its lineage'}: it is not compared, promoted over or checked. Nothing changes on the instance. It is not linked by itself again; you can link it again by hand.`}
      confirm="Unlink"
      keep="Keep the link"
      busy={unlink.isPending && 'Unlinking…'}
      problem={unlink.error && toShownProblem(unlink.error)}
      onConfirm={(reason) => unlink.mutate({ id: workflowId, reason }, { onSuccess: onClose })}
    />
  );
}

function Ignore({ open, identity: { workflowId, name, environment }, onClose }: QuestionProps) {
  const refresh = useRefresh('lineages');
  const ignore = useAct(ignoreWorkflow, { onSuccess: refresh });
  return (
    <ReasonDialog
      open={open}
      onOpenChange={onClose}
      title={`Ignore ${name}?`}
      description={`It stays in ${environment.name} as it is, and stays out of lineages, suggestions and counts until somebody stops ignoring it.`}
      confirm="Ignore"
      keep="Don’t ignore it"
      busy={ignore.isPending && 'Ignoring…'}
      problem={ignore.error && toShownProblem(ignore.error)}
      onConfirm={(reason) => ignore.mutate({ id: workflowId, reason }, { onSuccess: onClose })}
    />
  );
}
