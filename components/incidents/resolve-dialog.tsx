'use client';

import { useState } from 'react';
import { JobStages, useJobActive } from '@/components/jobs/job-stages';
import { FormProblem } from '@/components/patterns/form-problem';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Note } from '@/components/ui/note';
import { useViewer } from '@/components/ui/viewer';
import { requestDriftApproval, resolveIncident } from '@/lib/actions/drift';
import { useNow } from '@/lib/client/clock';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Resolution } from '@/lib/features/drift/incidents/model';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { RESOLUTION_WORDS } from './incident-words';
import { EMPTY_DRAFT, requestOf, whyNot } from './resolution-draft';
import { ResolutionFields } from './resolution-fields';

/** What somebody is about to decide, as it was when they began. */
export type Decision = {
  at: number;
  resolution: Resolution;
  /** The drift that was seen: only that is decided on. */
  seenDigest: string;
  isProduction: boolean;
  needsApproval: boolean;
};

type ResolveDialogProps = {
  incident: Incident;
  decision: Decision;
  open: boolean;
  onOpenChange(open: boolean): void;
};

/** Decides one way out, or asks a second person for it where the policy says so; then shows how it goes. */
export function ResolveDialog({ incident, decision, open, onOpenChange }: ResolveDialogProps) {
  const { resolution, seenDigest, isProduction, needsApproval } = decision;
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const refresh = useRefresh('incidents', 'jobs');
  const resolve = useAct(resolveIncident, { onSuccess: refresh });
  const ask = useAct(requestDriftApproval, { onSuccess: refresh });
  const active = useJobActive(resolve);
  const now = useNow(useViewer().renderedAt, 60_000);
  const { verb, does, after } = RESOLUTION_WORDS[resolution];
  const decided = resolve.isSuccess || ask.isSuccess;
  const moved = !decided && incident.driftDigest !== seenDigest;
  const submit = () => {
    const request = requestOf(resolution, draft, incident);
    const reason = draft.reason.trim();
    if (needsApproval) ask.mutate({ incidentId: incident.id, action: 'resolve', reason, ...request });
    else resolve.mutate({ id: incident.id, reason, driftDigest: seenDigest, ...request });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`${verb}: ${incident.environment.name}`}
      description={does}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{decided ? 'Close' : 'Leave it'}</Button>
          {!decided && (
            <Button
              variant={isProduction && !needsApproval ? 'prod' : 'primary'}
              why={moved ? 'Close this and look again.' : whyNot(resolution, draft, now)}
              busy={(active || ask.isPending) && 'Sending…'}
              onClick={submit}
            >
              {needsApproval ? 'Ask for approval' : verb}
            </Button>
          )}
        </>
      }
    >
      {moved && <Note tone="warn">The drift moved since you opened this. What you would decide is another one.</Note>}
      {!decided && <ResolutionFields {...{ incident, resolution, draft }} onChange={setDraft} />}
      <FormProblem problem={ask.error && toShownProblem(ask.error)} />
      {ask.isSuccess && <Note>Asked. It is done by whoever presses it once another admin has agreed.</Note>}
      <JobStages started={resolve}>{() => <Note>{after}</Note>}</JobStages>
    </Dialog>
  );
}
