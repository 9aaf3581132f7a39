'use client';

import Link from 'next/link';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { useTenant } from '@/components/shell/tenant';
import { Glyph } from '@/components/ui/glyph';
import { NameLink } from '@/components/ui/name-link';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { useExecutions } from './queries';

const SHOWN = 6;

/** The newest runs that failed, with where and when. */
export function FailedExecutions() {
  const { slug } = useTenant();
  const { data } = useExecutions({ status: 'error', pageSize: SHOWN });
  const all = `/t/${slug}/executions?status=error`;
  return (
    <Section
      title="Failed runs"
      actions={
        <Link className="link" href={all}>
          All failed runs
        </Link>
      }
    >
      {!data && <SkeletonLines lines={3} label="failed runs" />}
      {data?.items.length === 0 && <p className="py-3 text-ink-3">None among the runs that were read.</p>}
      <ul>
        {data?.items.map((run) => (
          <li key={run.id} className="flex gap-2.5 border-b border-line py-2.5">
            <Glyph kind="bad" className="mt-0.5" />
            <div className="min-w-0">
              <NameLink href={`/t/${slug}/executions/${run.id}`}>{run.workflowName ?? run.workflowN8nId}</NameLink> in{' '}
              <EnvironmentName tier={run.environment.class} name={run.environment.name} />
              <span className="block text-12 text-ink-3">
                {run.startedAt && <Time at={run.startedAt} />} · {run.mode} · #{run.n8nId}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
