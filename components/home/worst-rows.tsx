'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo } from 'react';
import { matrixColumns } from '@/components/lineages/matrix-columns';
import { matrix } from '@/components/lineages/queries';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { EmptyState } from '@/components/patterns/empty-state';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { toShownProblem } from '@/lib/client/problem-error';
import { WORST_ROWS } from './home-queries';

/** The lineages that stand worst, across all environments. */
export function WorstRows() {
  const { slug } = useTenant();
  const { data, error, refetch } = useQuery(matrix(slug, WORST_ROWS));
  const environments = data?.environments;
  const columns = useMemo(
    () => matrixColumns(slug, environments ?? []).map(({ sort: _, ...column }) => column),
    [slug, environments],
  );
  const href = `/t/${slug}/matrix`;
  return (
    <Section
      title="Divergence"
      note={data?.total ? `worst ${data.items.length} of ${data.total}` : undefined}
      actions={
        <Link className="link" href={href}>
          Matrix
        </Link>
      }
    >
      <DataTable
        label="lineages that stand worst"
        columns={columns}
        rows={data?.items}
        rowId={({ lineage }) => lineage.id}
        rowName={({ lineage }) => lineage.name}
        expectedRows={WORST_ROWS.pageSize}
        problem={error && toShownProblem(error)}
        onRetry={refetch}
        empty={
          <EmptyState
            title="Nothing is linked yet"
            why="Once workflows of several environments are known as the same one, where they differ shows here."
            next={<ButtonLink href={`${href}/linking`}>Link workflows</ButtonLink>}
          />
        }
      />
    </Section>
  );
}
