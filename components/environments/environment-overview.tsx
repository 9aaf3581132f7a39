'use client';

import { ApprovedSection } from '@/components/approved/approved-section';
import { FailedSince } from '@/components/drift/drift-state';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { Environment, SyncPhase } from '@/lib/features/connections/environments/schema';
import { ConnectionAxis, DriftAxis, FreshnessAxis, ReadinessAxis } from './axis-cells';
import { InstanceFacts } from './connection-report';
import { EnvironmentPage } from './environment-page';
import { useCapabilities, useSyncState } from './queries';
import { RefreshProgress } from './refresh';

/** The first tab of an environment: its four axes, its inventory with ages, what the instance can do. */
export function EnvironmentOverview({ id }: { id: string }) {
  return (
    <EnvironmentPage id={id} tab="">
      {(environment) => (
        <>
          <RefreshProgress environmentId={id} />
          {environment.axes.connection.problem && (
            <div className="mt-4">
              <Note tone="bad">
                {environment.axes.connection.problem.detail} What you see below is as old as it says.
              </Note>
            </div>
          )}
          <Section title="State">
            <AxesRow environment={environment} />
            <FailedSince environment={environment} />
          </Section>
          <ApprovedSection environment={environment} />
          <Inventory id={id} />
          <Instance id={id} />
        </>
      )}
    </EnvironmentPage>
  );
}

function AxesRow({ environment }: { environment: Environment }) {
  const axes = [
    ['Connection', <ConnectionAxis key="connection" environment={environment} />],
    ['Drift', <DriftAxis key="drift" environment={environment} />],
    ['Readiness', <ReadinessAxis key="readiness" environment={environment} />],
    ['Freshness', <FreshnessAxis key="freshness" environment={environment} />],
  ] as const;
  return (
    <dl className="grid grid-cols-4 gap-4 pt-3 max-md:grid-cols-2">
      {axes.map(([name, axis]) => (
        <div key={name}>
          <dt className="mb-1 text-12 text-ink-3">{name}</dt>
          <dd>{axis}</dd>
        </div>
      ))}
    </dl>
  );
}

function Inventory({ id }: { id: string }) {
  const { data } = useSyncState(id);
  return (
    <Section title="Inventory" note="as last read">
      <ul>
        {(data?.phases ?? []).map((phase) => (
          <li key={phase.phase} className="flex min-h-9 flex-wrap items-baseline gap-x-4 border-b border-line py-2">
            <span className="w-28 font-medium">{phase.phase}</span>
            <span className="w-20 text-right">{phase.count ?? '–'}</span>
            <PhaseAge phase={phase} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function PhaseAge({ phase }: { phase: SyncPhase }) {
  const failedSince = phase.failedAt && (!phase.okAt || phase.failedAt > phase.okAt);
  return (
    <span className="min-w-0 text-ink-3">
      {phase.okAt ? <Time at={phase.okAt} prefix="as of" /> : 'never read'}
      {failedSince && phase.problem && (
        <span className="ml-3 inline-flex flex-wrap gap-x-1.5">
          <Status kind="warn" word="Failed since" /> {phase.problem.detail}
        </span>
      )}
    </span>
  );
}

function Instance({ id }: { id: string }) {
  const { data } = useCapabilities(id);
  if (!data) return null;
  return (
    <Section title="What the instance can do">
      <div className="pt-3">
        {data.instance ? (
          <InstanceFacts report={data.instance} />
        ) : (
          <Note tone="unknown">It has not answered yet, so this is not known. Refresh asks again.</Note>
        )}
      </div>
    </Section>
  );
}
