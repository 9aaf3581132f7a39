'use client';

import { GitCompareArrows } from 'lucide-react';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import { CopyId } from '@/components/ui/copy-id';
import { Icon } from '@/components/ui/icon';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import type { SnapshotDetail } from '@/lib/features/history/snapshots/schema';
import { ChangeCounts } from './change-counts';
import { DownloadSnapshot } from './download-snapshot';
import { useSnapshot } from './queries';
import { SnapshotContents } from './snapshot-contents';
import { KIND_WORDS } from './snapshot-words';

/** One kept moment: what the environment held, what had changed, and the way back to it. */
export function SnapshotPage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useSnapshot(id);
  const list = { label: 'Snapshots', href: `/t/${slug}/snapshots` };
  return (
    <Page crumbs={[list, { label: data?.message ?? 'Snapshot' }]} tier={data?.environment.class}>
      {data ? (
        <>
          <PageHead title={data.message} lede={<Facts snapshot={data} />} actions={<Actions snapshot={data} />} />
          <Section title="Against the one before" note={<ChangeCounts counts={data.changed} words />}>
            <Removed removed={data.removed} />
          </Section>
          <Section title="Workflows" note={data.workflows.length}>
            <SnapshotContents snapshot={data} />
          </Section>
        </>
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={14} label="the snapshot" />
      )}
    </Page>
  );
}

function Facts({ snapshot: { environment, kind, actor, createdAt, commitSha } }: { snapshot: SnapshotDetail }) {
  const { slug } = useTenant();
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <EnvironmentName
        tier={environment.class}
        name={environment.name}
        href={`/t/${slug}/environments/${environment.id}`}
      />
      <span>{KIND_WORDS[kind]}</span>
      <Time at={createdAt} prefix="taken" />
      <span>by {actor.label}</span>
      <CopyId id={commitSha} noun="commit" />
    </span>
  );
}

function Actions({ snapshot: { id, environment, restore } }: { snapshot: SnapshotDetail }) {
  const { slug } = useTenant();
  const why = [restore.detail, restore.allowedBy].filter(Boolean).join(' ');
  return (
    <>
      <DownloadSnapshot id={id} />
      <ButtonLink href={`/t/${slug}/snapshots/compare?from=${id}&to=now:${environment.id}`}>
        <Icon of={GitCompareArrows} /> Compare with now
      </ButtonLink>
      {restore.allowed ? (
        <ButtonLink href={`/t/${slug}/snapshots/${id}/restore`}>Restore…</ButtonLink>
      ) : (
        <Button why={why}>Restore…</Button>
      )}
    </>
  );
}

function Removed({ removed }: Pick<SnapshotDetail, 'removed'>) {
  if (removed.length === 0) return null;
  return (
    <p className="py-3 text-ink-2">
      No longer there: <b>{removed.map(({ name }) => name).join(', ')}</b>
    </p>
  );
}
