'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { executions } from '@/components/executions/queries';
import { PENDING_APPROVALS } from '@/components/incidents/list-settings';
import { driftApprovals, incidents } from '@/components/incidents/queries';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { FormProblem } from '@/components/patterns/form-problem';
import { promotions } from '@/components/promotions/queries';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Glyph } from '@/components/ui/glyph';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import { DECIDABLE, FAILED_RUNS, OPEN_INCIDENTS } from './home-queries';
import { type Waiting, waitsOf } from './waits-of';

const SHOWN = 8;

/** Incidents, decisions and failures that somebody has to look at, the most pressing first. */
export function WaitsForMe() {
  const { slug } = useTenant();
  const sources = {
    incidents: useQuery(incidents(slug, OPEN_INCIDENTS)),
    promotions: useQuery(promotions(slug, DECIDABLE)),
    approvals: useQuery(driftApprovals(slug, PENDING_APPROVALS)),
    failedRuns: useQuery(executions(slug, FAILED_RUNS)),
  };
  const all = Object.values(sources);
  const failed = all.find(({ error }) => error && !isRefused(error))?.error;
  const known = all.every(({ data, error }) => data ?? error);
  const waits = waitsOf({
    incidents: sources.incidents.data?.items ?? [],
    promotions: sources.promotions.data?.items ?? [],
    approvals: sources.approvals.data?.items ?? [],
    failedRuns: sources.failedRuns.data?.items ?? [],
  });
  return (
    <Section title="Waits for me" note={known ? waits.length : undefined} actions={<AllIncidents />}>
      <FormProblem problem={failed ? toShownProblem(failed) : null} />
      {!known && <SkeletonLines lines={4} label="what waits" />}
      {known && !failed && waits.length === 0 && (
        <p className="py-3 text-ink-3">Nothing, as far as is known: no open incident, no decision, no failed run.</p>
      )}
      {known && (
        <ul>
          {waits.slice(0, SHOWN).map((one) => (
            <Row key={one.key} waiting={one} />
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What the plan or the role leaves out waits for nobody here. */
const isRefused = (error: Error): boolean => [402, 403].includes(toShownProblem(error).status);

function AllIncidents() {
  return (
    <Link className="link" href={`/t/${useTenant().slug}/incidents?open=true`}>
      All open incidents
    </Link>
  );
}

function Row({ waiting }: { waiting: Waiting }) {
  const { slug } = useTenant();
  const { kind, title, environment, path, verb, since, until, note } = waiting;
  return (
    <li className="flex gap-2.5 border-b border-line py-2.5">
      <Glyph kind={kind} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <b className="min-w-0 font-medium">{title}</b>
          <EnvironmentName tier={environment.class} name={environment.name} />
        </p>
        <p className="text-12 text-ink-3">
          {until && (
            <>
              <Time at={until} prefix="due" /> ·{' '}
            </>
          )}
          {since && (
            <>
              <Time at={since} /> ·{' '}
            </>
          )}
          {note}
        </p>
      </div>
      <ButtonLink size="sm" href={`/t/${slug}${path}`} aria-label={`${verb}: ${title}`}>
        {verb}
      </ButtonLink>
    </li>
  );
}
