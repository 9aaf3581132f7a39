'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';
import type { z } from 'zod';
import { PlanSteps } from '@/components/journal/plan-steps';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { Needs } from '@/components/shell/needs';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { useSnapshot } from '@/components/snapshots/queries';
import { ButtonLink } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import type { RestorePreview } from '@/lib/features/history/restore/schema';
import type { SnapshotDetail } from '@/lib/features/history/snapshots/schema';
import { restorePreview } from './queries';
import { RestoreDraft } from './restore-draft';
import { StartRestore } from './start-restore';

const SELECTION = { file: parseAsString, removeOthers: parseAsBoolean.withDefault(false) };

/** What bringing a snapshot back would write, one workflow or the whole environment, before anything is written. */
export function RestorePreviewPage({ snapshotId }: { snapshotId: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useSnapshot(snapshotId);
  const crumbs = [
    { label: 'Snapshots', href: `/t/${slug}/snapshots` },
    { label: data?.message ?? 'Snapshot', href: `/t/${slug}/snapshots/${snapshotId}` },
    { label: 'Restore' },
  ];
  return (
    <Page crumbs={crumbs} tier={data?.environment.class}>
      {data ? (
        <Needs permission="snapshot:write" what="Restores">
          <Preview snapshot={data} />
        </Needs>
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={14} label="the snapshot" />
      )}
    </Page>
  );
}

function Preview({ snapshot }: { snapshot: SnapshotDetail }) {
  const { slug } = useTenant();
  const [{ file, removeOthers }, choose] = useQueryStates(SELECTION);
  const { id, environment, message, createdAt, workflows } = snapshot;
  const one = file ? workflows.find((workflow) => workflow.file === file) : undefined;
  const selection = { snapshotId: id, file: file ?? undefined, removeOthers: !file && removeOthers };
  const preview = useQuery({ ...restorePreview(slug, environment.id, selection), staleTime: 0 });
  return (
    <>
      <PageHead
        title={
          <>
            Restore {one ? one.name : 'all'} in{' '}
            <EnvironmentName tier={environment.class} name={environment.name} size="lg" />
          </>
        }
        lede={
          <>
            As it was in “{message}”, <Time at={createdAt} show="full" />. What runs now is kept as a snapshot first, so
            this can itself be undone.
          </>
        }
        actions={preview.data && <StartRestore preview={preview.data} selection={selection} />}
      />
      <Scope file={file} snapshotId={id} removeOthers={removeOthers} onChange={(value) => void choose(value)} />
      {preview.error ? (
        <ErrorState
          problem={toShownProblem(preview.error)}
          unchanged="Nothing was written."
          onRetry={preview.refetch}
          retrying={preview.isFetching}
        />
      ) : preview.data ? (
        <Drafted preview={preview.data} snapshotId={id} />
      ) : (
        <SkeletonLines lines={10} label="the plan, read from the instance" />
      )}
    </>
  );
}

function Drafted({ preview, snapshotId }: { preview: z.infer<typeof RestorePreview>; snapshotId: string }) {
  const { slug } = useTenant();
  const back = <ButtonLink href={`/t/${slug}/snapshots/${snapshotId}`}>Back to the snapshot</ButtonLink>;
  return (
    <>
      <RestoreDraft {...preview} />
      <Section title="Exactly these calls" note={preview.plan.steps.length}>
        <PlanSteps steps={preview.plan.steps} next={back} />
      </Section>
    </>
  );
}

type ScopeProps = {
  /** The one workflow it is about; null: the whole environment. */
  file: string | null;
  snapshotId: string;
  removeOthers: boolean;
  onChange(scope: { removeOthers: boolean | null }): void;
};

function Scope({ file, snapshotId, removeOthers, onChange }: ScopeProps) {
  const { slug } = useTenant();
  if (file) {
    return (
      <p className="mt-3">
        <ButtonLink size="sm" href={`/t/${slug}/snapshots/${snapshotId}/restore`}>
          The whole environment instead
        </ButtonLink>
      </p>
    );
  }
  return (
    <Checkbox
      className="mt-3"
      checked={removeOthers}
      onChange={(event) => onChange({ removeOthers: event.target.checked || null })}
    >
      Also archive what the snapshot does not have
    </Checkbox>
  );
}
