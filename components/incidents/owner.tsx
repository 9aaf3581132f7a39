'use client';

import { useQuery } from '@tanstack/react-query';
import { useMe } from '@/components/account/queries';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { team } from '@/components/team/queries';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { updateIncident } from '@/lib/actions/drift';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Incident } from '@/lib/features/drift/incidents/schema';

/** More than most organisations have; who is not among them is shown as a member. */
const MEMBERS = { status: 'active', pageSize: 100 } as const;

/** Who works on it; and the way to take it. */
export function IncidentOwner({ incident: { id, ownerId, status } }: { incident: Incident }) {
  const { slug } = useTenant();
  const me = useMe().data?.user?.id;
  const may = useMay('incident:write');
  const members = useQuery({ ...team(slug, MEMBERS), enabled: ownerId !== null }).data?.items;
  const update = useAct(updateIncident, { onSuccess: useRefresh('incidents') });
  const owner = members?.find(({ userId }) => userId === ownerId);
  const isMine = ownerId !== null && ownerId === me;
  const name = owner?.name ?? owner?.email ?? 'a member';
  return (
    <div className="inline-flex flex-wrap items-center gap-2">
      {ownerId ? (
        <>
          owner <Avatar name={name} /> {isMine ? 'you' : name}
        </>
      ) : (
        'nobody owns it'
      )}
      {may && me && status !== 'closed' && (
        <Button
          size="sm"
          variant="ghost"
          busy={update.isPending && 'Saving…'}
          onClick={() => update.mutate({ id, ownerId: isMine ? null : me })}
        >
          {isMine ? 'Give it back' : 'Take it'}
        </Button>
      )}
      <FormProblem problem={update.error && toShownProblem(update.error)} />
    </div>
  );
}
