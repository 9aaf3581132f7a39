'use client';

import { useQuery } from '@tanstack/react-query';
import { useGuard } from '@/components/environments/use-guard';
import { ErrorState } from '@/components/patterns/error-state';
import { GoBack } from '@/components/restores/go-back';
import { useTenant } from '@/components/shell/tenant';
import { snapshots } from '@/components/snapshots/queries';
import { KIND_WORDS } from '@/components/snapshots/snapshot-words';
import { ButtonLink } from '@/components/ui/button';
import { CopyId } from '@/components/ui/copy-id';
import { NameLink } from '@/components/ui/name-link';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { Why } from '@/components/ui/why';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Snapshot } from '@/lib/features/history/snapshots/schema';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';

const SHOWN = 20;

/** Every snapshot that brought another version of the workflow, the newest first; each can be compared and gone back to. */
export function WorkflowHistory({ workflow }: { workflow: WorkflowDetail }) {
  const { slug } = useTenant();
  const query = { workflowId: workflow.id, pageSize: SHOWN, sort: '-createdAt' };
  const { data, error, refetch } = useQuery(snapshots(slug, query));
  const { why } = useGuard(workflow.environment.id, 'restore');
  const more = `/t/${slug}/snapshots?workflowId=${workflow.id}`;
  return (
    <Section
      title="In git"
      note={data?.total === undefined || data.total === null ? undefined : `${data.total} versions`}
      actions={
        data && (data.total ?? 0) > SHOWN ? (
          <ButtonLink size="sm" href={more}>
            All versions
          </ButtonLink>
        ) : undefined
      }
    >
      {error && <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />}
      {!data && !error && <SkeletonLines lines={5} label="the versions in git" />}
      {data?.items.length === 0 && (
        <p className="py-3 text-ink-3">
          Git has no version of it yet. One is kept with every save, promotion, restore and snapshot.
        </p>
      )}
      {why && data && data.items.length > 0 && (
        <p className="pt-2">
          <Why id="why-no-way-back">{why}</Why>
        </p>
      )}
      <ul>
        {data?.items.map((version) => (
          <li key={version.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2.5">
            <Version version={version} workflow={workflow} mayRestore={!why} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

type VersionProps = { version: Snapshot; workflow: WorkflowDetail; mayRestore: boolean };

function Version({ version, workflow, mayRestore }: VersionProps) {
  const { slug } = useTenant();
  const { id, message, kind, actor, createdAt, commitSha } = version;
  return (
    <>
      <span className="min-w-0 flex-1">
        <NameLink href={`/t/${slug}/snapshots/${id}`}>{message}</NameLink>
        <span className="block text-12 text-ink-3">
          {KIND_WORDS[kind]} · {actor.label} · <Time at={createdAt} />
        </span>
      </span>
      <CopyId id={commitSha} noun="commit" />
      <ButtonLink
        size="sm"
        href={`/t/${slug}/snapshots/compare?from=${id}&to=now:${workflow.environment.id}&n8n=${workflow.n8nId}`}
      >
        Compare with now
      </ButtonLink>
      {mayRestore && <GoBack snapshotId={id} workflowId={workflow.id} />}
    </>
  );
}
