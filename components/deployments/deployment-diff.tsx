'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ErrorState } from '@/components/patterns/error-state';
import WorkflowDiff from '@/components/patterns/workflow-diff/workflow-diff';
import { useTenant } from '@/components/shell/tenant';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useDiffState } from '@/components/workflows/use-diff-state';
import { toShownProblem } from '@/lib/client/problem-error';
import type { DeployedDocuments, Deployment } from '@/lib/features/delivery/deployments/schema';
import { deployedDocuments } from './queries';

type DeploymentDiffProps = { deployment: Deployment; chosen: string | null; onChoose(key: string): void };

/** What stood in the target before, beside what the deployment was to make of it; one workflow at a time. */
export default function DeploymentDiff({ deployment, chosen, onChoose }: DeploymentDiffProps) {
  const { slug } = useTenant();
  const { workflows } = deployment;
  const key = workflows.find((one) => one.key === chosen)?.key ?? workflows[0]?.key ?? '';
  const { data, error, refetch } = useQuery({ ...deployedDocuments(slug, deployment.id, key), enabled: key !== '' });
  return (
    <>
      <div className="flex flex-wrap items-end gap-3 pb-3">
        <Field label="Workflow">
          <Select
            value={key}
            options={workflows.map((one) => ({ value: one.key, label: one.name }))}
            onChange={(event) => onChoose(event.target.value)}
          />
        </Field>
        {data?.before ? (
          <CopyButton text={JSON.stringify(data.before, null, 2)} noun="pre-image" />
        ) : (
          data && <Button why="It was not there before.">Copy pre-image</Button>
        )}
      </div>
      {error && <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />}
      {!data && !error && <SkeletonLines lines={16} label="both sides" />}
      {data && <Sides key={key} documents={data} />}
    </>
  );
}

function Sides({ documents: { name, before, after } }: { documents: DeployedDocuments }) {
  const sides = useMemo(() => {
    const nothing = { name, nodes: [], connections: {} };
    return { before: before ?? nothing, after: after ?? nothing };
  }, [name, before, after]);
  return <WorkflowDiff {...sides} labels={{ before: 'Before', after: 'As planned' }} next={null} {...useDiffState()} />;
}
