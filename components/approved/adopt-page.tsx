'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useEnvironment } from '@/components/environments/queries';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { Needs } from '@/components/shell/needs';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { ChangeCounts } from '@/components/snapshots/change-counts';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import type { AdoptionPreview } from '@/lib/features/history/snapshots/approved-schema';
import { AdoptForm } from './adopt-form';
import { AdoptionTable } from './adoption-table';
import { adoptionPreview } from './queries';

/** What adopting would commit, before anything is: what differs, secrets found, links proposed. */
export function AdoptPage({ environmentId }: { environmentId: string }) {
  const { slug } = useTenant();
  const environment = useEnvironment(environmentId).data;
  const crumbs = [
    { label: 'Environments', href: `/t/${slug}/environments` },
    { label: environment?.name ?? 'Environment', href: `/t/${slug}/environments/${environmentId}` },
    { label: 'Adopt' },
  ];
  return (
    <Page crumbs={crumbs} tier={environment?.class}>
      <PageHead
        title={
          <>
            Adopt what runs in{' '}
            {environment && <EnvironmentName tier={environment.class} name={environment.name} size="lg" />}
          </>
        }
        lede="What runs there now is committed to git as approved. From then on whatever differs from it is drift. Nothing is written to the instance."
      />
      <Needs permission="approved:adopt" what="Adopting">
        <Adoption environmentId={environmentId} />
      </Needs>
    </Page>
  );
}

function Adoption({ environmentId }: { environmentId: string }) {
  const { slug } = useTenant();
  const { data, error, refetch, isFetching } = useQuery(adoptionPreview(slug, environmentId));
  if (data) return <Preview preview={data} />;
  if (!error) return <SkeletonLines lines={12} label="what runs there, read from the instance" />;
  return (
    <ErrorState
      problem={toShownProblem(error)}
      unchanged="Nothing was committed."
      onRetry={refetch}
      retrying={isFetching}
    />
  );
}

const NOTHING: ReadonlySet<string> = new Set();

function Preview({ preview }: { preview: AdoptionPreview }) {
  const [selected, setSelected] = useState(NOTHING);
  const { baseline, counts, workflows } = preview;
  return (
    <>
      <div className="mt-4 grid gap-3">
        <p className="flex flex-wrap items-center gap-x-5 gap-y-1">
          <ChangeCounts counts={counts} words />
          <span className="text-ink-3">{counts.unchanged} as approved</span>
          {baseline ? (
            <Time at={baseline.approvedAt} prefix="against what was approved" className="text-ink-3" />
          ) : (
            <span className="text-ink-3">nothing was approved before</span>
          )}
        </p>
        {counts.secrets > 0 && (
          <Note tone="bad">
            {counts.secrets} {counts.secrets === 1 ? 'secret is' : 'secrets are'} written out in workflows. They would
            stand in git for good. Better move them to credentials first.
          </Note>
        )}
        {counts.unlinked > 0 && (
          <Note tone="warn">
            {counts.unlinked} belong to no lineage. Accept a proposed link first, or each begins its own.
          </Note>
        )}
      </div>
      <Section title="Workflows" note={workflows.length}>
        <AdoptionTable preview={preview} selected={selected} onSelectedChange={setSelected} />
      </Section>
      <Left left={preview.left} />
      {workflows.length > 0 && <AdoptForm preview={preview} selected={selected} />}
    </>
  );
}

function Left({ left }: Pick<AdoptionPreview, 'left'>) {
  const reasons = [
    [left.archived, 'Archived, and not taken'],
    [left.ignored, 'Ignored, and not taken'],
    [left.unreadable, 'Could not be read, and not taken'],
  ] as const;
  return reasons
    .filter(([names]) => names.length > 0)
    .map(([names, why]) => (
      <p key={why} className="mt-3 text-ink-2">
        {why}: <b>{names.join(', ')}</b>
      </p>
    ));
}
