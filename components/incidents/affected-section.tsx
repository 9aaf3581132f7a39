'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SEVERITY_WORDS } from '@/components/drift/drift-words';
import { useDriftPolicy } from '@/components/drift-policies/queries';
import { executions } from '@/components/executions/queries';
import { useTenant } from '@/components/shell/tenant';
import { cx } from '@/components/ui/class-names';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { useViewer } from '@/components/ui/viewer';
import { useNow } from '@/lib/client/clock';
import { blockRuleOf } from '@/lib/features/drift/incidents/model';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { AFFECTED_WORDS } from './incident-words';
import type { Affected } from './use-chosen-workflow';

type AffectedProps = { incident: Incident; chosen: Affected | undefined; onChoose(key: string): void };

/** Every workflow of the incident, the gravest first, and what else hangs on it. */
export function AffectedSection({ incident, chosen, onChoose }: AffectedProps) {
  const { affectedWorkflows, openCount, affectedCount } = incident;
  return (
    <Section title="Affected" note={openCount === affectedCount ? affectedCount : `${openCount} of ${affectedCount}`}>
      <ul className={cx(affectedWorkflows.length > 8 && 'max-h-80 overflow-y-auto')}>
        {affectedWorkflows.map((one) => (
          <li key={one.key} className="border-b border-line">
            <button
              type="button"
              aria-pressed={one.key === chosen?.key}
              onClick={() => onChoose(one.key)}
              className="flex min-h-9 w-full flex-wrap items-center gap-x-4 px-2 py-1.5 text-left -outline-offset-2 hover:bg-surface-2 aria-pressed:bg-surface-2"
            >
              <b className="min-w-0 flex-1 truncate font-medium">
                <span className="sr-only">Show </span>
                {one.name}
              </b>
              <Status {...SEVERITY_WORDS[one.severity]} />
              <Status {...AFFECTED_WORDS[one.status]} />
            </button>
          </li>
        ))}
      </ul>
      {affectedWorkflows.length < affectedCount && (
        <p className="py-1.5 text-12 text-ink-3">
          The gravest {affectedWorkflows.length} of {affectedCount}; what is decided for all is decided for the others
          too.
        </p>
      )}
      <Consequences incident={incident} chosen={chosen} />
    </Section>
  );
}

function Consequences({ incident, chosen }: Omit<AffectedProps, 'onChoose'>) {
  const { slug } = useTenant();
  const isLineage = chosen && !chosen.key.startsWith('n8n:');
  return (
    <ul className="text-ink-2">
      {chosen?.workflowId && <Runs workflowId={chosen.workflowId} since={incident.detectedAt} />}
      {chosen?.workflowId && (
        <Row href={`/t/${slug}/workflows/${chosen.workflowId}?tab=dependencies`} link="Dependencies">
          What {chosen.name} calls, and the credentials it uses
        </Row>
      )}
      {isLineage && (
        <Row href={`/t/${slug}/matrix/${chosen.key}`} link="Matrix">
          The same workflow in the other environments
        </Row>
      )}
      <Promotions incident={incident} />
    </ul>
  );
}

function Row({ children, href, link }: { children: ReactNode; href: string; link: string }) {
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-4 border-b border-line px-2 py-1.5">
      <span className="min-w-0 flex-1">{children}</span>
      <TextLink href={href}>{link}</TextLink>
    </li>
  );
}

/** Runs since it was found, as far as they were read. */
function Runs({ workflowId, since }: { workflowId: string; since: string }) {
  const { slug } = useTenant();
  const count = (status?: 'error') => executions(slug, { workflowId, from: since, status, pageSize: 1 });
  const all = useQuery(count()).data;
  const failed = useQuery(count('error')).data;
  const words =
    all === undefined
      ? 'Counting its runs'
      : all.items.length === 0
        ? 'No run was read'
        : `${all.total ?? 'Many'} runs${failed?.total ? `, ${failed.total} failed` : ''}`;
  return (
    <Row href={`/t/${slug}/executions?workflowId=${workflowId}`} link="Executions">
      {words} since it was found, <Time at={since} />
    </Row>
  );
}

/** Whether the policy lets this incident stop promotions into the environment. */
function Promotions({ incident }: { incident: Incident }) {
  const { slug } = useTenant();
  const policy = useDriftPolicy().data;
  const now = useNow(useViewer().renderedAt, 15_000);
  if (!policy || incident.status === 'closed') return null;
  const times = {
    status: incident.status,
    dueAt: new Date(incident.dueAt),
    expiredAt: incident.expiredAt === null ? null : new Date(incident.expiredAt),
  };
  const rule = blockRuleOf(times, policy, new Date(now));
  const later = policy.blockOnExpired ? 'go on until it is due' : 'go on';
  return (
    <Row href={`/t/${slug}/promotions?environmentId=${incident.environment.id}`} link="Promotions">
      {rule ? (
        <>
          <Status kind="hold" word="Stopped" /> promotions to {incident.environment.name}
        </>
      ) : (
        `Promotions to ${incident.environment.name} ${later}; a workflow that was edited there has to be decided on`
      )}
    </Row>
  );
}
