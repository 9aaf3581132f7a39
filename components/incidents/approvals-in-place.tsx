'use client';

import { useMutation } from '@tanstack/react-query';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { acknowledgeIncident, extendIncident, resolveIncident } from '@/lib/actions/drift';
import { act } from '@/lib/client/act';
import { toShownProblem } from '@/lib/client/problem-error';
import type { DriftApproval } from '@/lib/features/drift/drift-approvals/schema';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { DecideApproval } from './decide-approval';
import { APPROVAL_WORDS, askedInWords } from './incident-words';
import { useOpenApprovals } from './queries';

/** What a second person was asked for here: decided in place, and once approved, done from here. */
export function ApprovalsInPlace({ incident }: { incident: Incident }) {
  const approvals = useOpenApprovals(incident.id);
  if (approvals.length === 0) return null;
  return (
    <Section title="Second person" note={approvals.length}>
      <ul>
        {approvals.map((approval) => (
          <li key={approval.id} className="grid gap-2 border-b border-line py-3">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <b className="font-medium">{askedInWords(approval)}</b>
              <Status {...APPROVAL_WORDS[approval.status]} />
            </p>
            <p className="text-ink-2">
              {approval.requester.label} <Time at={approval.requestedAt} />
              {approval.reason && (
                <>
                  : <q>{approval.reason}</q>
                </>
              )}
              <span className="block text-12 text-ink-3">
                {approval.decider && `Approved by ${approval.decider.label}. `}
                <Time at={approval.expiresAt} prefix="Runs out" />
              </span>
            </p>
            {approval.status === 'pending' ? (
              <DecideApproval approval={approval} />
            ) : (
              <DoIt incident={incident} approval={approval} />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Does exactly what was approved. */
function DoIt({ incident, approval }: { incident: Incident; approval: DriftApproval }) {
  const { slug } = useTenant();
  const may = useMay('incident:write');
  const refresh = useRefresh('incidents', 'jobs');
  const run = useMutation({ mutationFn: () => perform(slug, incident, approval), onSuccess: refresh });
  const action = incident.actions.find((one) => one.action === (approval.request.resolution ?? approval.action));
  const refusal = action?.allowed ? undefined : [action?.detail, action?.allowedBy].filter(Boolean).join(' ');
  const why = approval.outdated
    ? 'The drift moved since it was approved: it allows nothing any more.'
    : may
      ? refusal
      : 'Your role only looks at incidents.';
  return (
    <div className="grid gap-2">
      <Button
        variant={incident.environment.class === 'production' ? 'prod' : 'primary'}
        why={why}
        busy={run.isPending && 'Sending…'}
        onClick={() => run.mutate()}
      >
        {askedInWords(approval)} now
      </Button>
      <FormProblem problem={run.error && toShownProblem(run.error)} />
    </div>
  );
}

/** The words of the approval itself: anything else is something it was not given for. */
async function perform(slug: string, { id, driftDigest }: Incident, approval: DriftApproval): Promise<unknown> {
  const { action, request } = approval;
  const reason = approval.reason ?? 'As approved.';
  if (action === 'acknowledge') return act(acknowledgeIncident, slug, { id, reason });
  if (action === 'extend') return act(extendIncident, slug, { id, hours: request.hours ?? 1, reason });
  const { hours: _, resolution = 'revert', ...rest } = request;
  return act(resolveIncident, slug, { id, resolution, ...rest, reason, driftDigest });
}
