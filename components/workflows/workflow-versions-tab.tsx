'use client';

import { useQuery } from '@tanstack/react-query';
import { IdentityActions } from '@/components/lineages/identity-actions';
import { IDENTITY_WORDS } from '@/components/lineages/identity-words';
import { LineageVersions } from '@/components/lineages/lineage-versions';
import { identityOf, useLineage } from '@/components/lineages/queries';
import { ErrorState } from '@/components/patterns/error-state';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowIdentity } from '@/lib/features/change/lineages/schema';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { WorkflowHistory } from './workflow-history';

/** The same workflow elsewhere, through its lineage; and what git has of it. */
export default function WorkflowVersionsTab({ workflow }: { workflow: WorkflowDetail }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useQuery(identityOf(slug, workflow.id));
  if (error) return <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />;
  const identity = data?.items[0];
  if (!identity) return <SkeletonLines lines={8} label="the versions" />;
  return (
    <>
      {identity.lineage ? (
        <Elsewhere identity={identity} lineageId={identity.lineage.id} />
      ) : (
        <Alone identity={identity} />
      )}
      <WorkflowHistory workflow={workflow} />
    </>
  );
}

function Elsewhere({ identity, lineageId }: { identity: WorkflowIdentity; lineageId: string }) {
  const { slug } = useTenant();
  const { data } = useLineage(lineageId);
  const compare = `/t/${slug}/matrix/${lineageId}?environment=${identity.environment.id}`;
  return (
    <Section
      title="In each environment"
      note={data?.workflows.length}
      actions={
        <ButtonLink size="sm" href={compare}>
          Compare
        </ButtonLink>
      }
    >
      {data ? <LineageVersions workflows={data.workflows} /> : <SkeletonLines lines={3} label="the environments" />}
    </Section>
  );
}

function Alone({ identity }: { identity: WorkflowIdentity }) {
  const { slug } = useTenant();
  const { status, suggestions, decision, workflowId } = identity;
  return (
    <Section title="In each environment" actions={<IdentityActions identity={identity} />}>
      <div className="grid justify-items-start gap-2 py-3">
        <Status {...IDENTITY_WORDS[status]} />
        <p className="text-ink-2">
          {status === 'ignored'
            ? `It is kept out of lineages: ${decision?.reason ?? 'no reason was given'}.`
            : 'It belongs to no lineage, so it can’t be told which workflow of another environment is the same.'}
        </p>
        {suggestions > 0 && (
          <ButtonLink size="sm" href={`/t/${slug}/matrix/suggestions?workflowId=${workflowId}`}>
            See {suggestions === 1 ? 'the suggestion' : `${suggestions} suggestions`}
          </ButtonLink>
        )}
      </div>
    </Section>
  );
}
