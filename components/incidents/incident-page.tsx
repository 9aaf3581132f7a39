'use client';

import { useState } from 'react';
import { SEVERITY_WORDS } from '@/components/drift/drift-words';
import { useDriftPolicy } from '@/components/drift-policies/queries';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { Page } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { AffectedSection } from './affected-section';
import { ApprovalsInPlace } from './approvals-in-place';
import { DueCountdown } from './due';
import { OUTCOME_WORDS } from './incident-words';
import { LifecycleStrip } from './lifecycle-strip';
import { IncidentOwner } from './owner';
import { useIncident } from './queries';
import { Reconciliations } from './reconciliations';
import { type Decision, ResolveDialog } from './resolve-dialog';
import { ResolvePanel } from './resolve-panel';
import { StepPanel } from './step-panel';
import { TimelineSection } from './timeline-section';
import { useChosenWorkflow } from './use-chosen-workflow';
import { WhatDiffers } from './what-differs';

/** One incident: what differs, since when, by when, what happened, and what can be done about it, in place. */
export function IncidentPage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useIncident(id);
  const list = { label: 'Incidents', href: `/t/${slug}/incidents` };
  return (
    <Page crumbs={[list, { label: data?.title ?? 'Incident' }]} tier={data?.environment.class}>
      {data ? (
        <Known incident={data} />
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={16} label="the incident" />
      )}
    </Page>
  );
}

function Known({ incident }: { incident: Incident }) {
  const { chosen, choose } = useChosenWorkflow(incident);
  return (
    <>
      <Head incident={incident} />
      <LifecycleStrip incident={incident} />
      <div className="grid grid-cols-[minmax(0,1fr)_20rem] gap-x-10 max-xl:grid-cols-1">
        <div className="min-w-0">
          <WhatDiffers incident={incident} chosen={chosen} />
          <AffectedSection incident={incident} chosen={chosen} onChoose={choose} />
          <Reconciliations incident={incident} />
          <TimelineSection incident={incident} />
        </div>
        <aside aria-label="What can be done" className="min-w-0">
          <WhatCanBeDone incident={incident} />
        </aside>
      </div>
    </>
  );
}

/** The decision stands beside what it closes, so that its result is still seen then. */
function WhatCanBeDone({ incident }: { incident: Incident }) {
  const [decision, setDecision] = useState<Decision | null>(null);
  const [open, setOpen] = useState(false);
  const decide = (next: Decision) => {
    setDecision(next);
    setOpen(true);
  };
  return (
    <>
      {incident.status === 'closed' ? (
        <Over incident={incident} />
      ) : (
        <>
          <ApprovalsInPlace incident={incident} />
          <ResolvePanel incident={incident} onDecide={decide} />
          <StepPanel incident={incident} />
        </>
      )}
      {decision && <ResolveDialog key={decision.at} {...{ incident, decision, open }} onOpenChange={setOpen} />}
    </>
  );
}

/** Said once, where seven controls would each say it. */
function Over({ incident: { environment, resolution } }: { incident: Incident }) {
  const { slug } = useTenant();
  return (
    <Section title="Closed" note={resolution && OUTCOME_WORDS[resolution]}>
      <p className="py-3 text-ink-2">
        Nothing more can be decided here. What differs in {environment.name} from now on is another incident.
      </p>
      <ButtonLink size="sm" href={`/t/${slug}/environments/${environment.id}/drift`}>
        How it stands now
      </ButtonLink>
    </Section>
  );
}

function Head({ incident }: { incident: Incident }) {
  const { slug } = useTenant();
  const policy = useDriftPolicy().data;
  const { environment, severity, resolution, status, ticket, lastSeenAt } = incident;
  const then = policy?.blockOnExpired ? 'Then it escalates and stops promotions to it' : 'Then it escalates';
  return (
    <div className="flex items-start gap-8 max-md:flex-col max-md:gap-3">
      <div className="min-w-0 flex-1">
        <h1 className="text-20 font-semibold text-pretty">{incident.title}</h1>
        <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">
          <EnvironmentName
            tier={environment.class}
            name={environment.name}
            href={`/t/${slug}/environments/${environment.id}/drift`}
          />
          <Status {...SEVERITY_WORDS[severity]} />
          <IncidentOwner incident={incident} />
          {ticket && <span>{ticket}</span>}
          {status === 'closed' ? (
            resolution && <span>{OUTCOME_WORDS[resolution]}</span>
          ) : (
            <Time at={lastSeenAt} prefix="last seen so" className="text-ink-3" />
          )}
        </div>
      </div>
      <DueCountdown incident={incident} then={then} />
    </div>
  );
}
