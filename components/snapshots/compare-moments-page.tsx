'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, ArrowRight } from 'lucide-react';
import { parseAsString, useQueryStates } from 'nuqs';
import { EmptyState } from '@/components/patterns/empty-state';
import { ErrorState } from '@/components/patterns/error-state';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { SkeletonLines } from '@/components/ui/skeleton';
import { toShownProblem } from '@/lib/client/problem-error';
import { MomentComparison } from './moment-comparison';
import { MomentPicker } from './moment-picker';
import { comparison } from './queries';

const MOMENTS = {
  from: parseAsString.withDefault(''),
  to: parseAsString.withDefault(''),
  lineage: parseAsString,
  n8n: parseAsString,
};

/** Any two moments of any environments compared, workflow by workflow. Which two is in the URL. */
export function CompareMomentsPage() {
  const { slug } = useTenant();
  const [{ from, to }, set] = useQueryStates(MOMENTS, { history: 'push' });
  const choose = (moments: { from?: string; to?: string }) => void set({ ...moments, lineage: null, n8n: null });
  return (
    <Page crumbs={[{ label: 'Snapshots', href: `/t/${slug}/snapshots` }, { label: 'Compare' }]}>
      <PageHead
        title="Compare moments"
        lede="What differs between two moments: snapshots, what is approved, or what was last read."
        actions={
          <Button
            why={from && to ? undefined : 'Choose both moments first.'}
            onClick={() => choose({ from: to, to: from })}
          >
            <Icon of={ArrowLeftRight} /> Swap
          </Button>
        }
      />
      <div className="my-4 grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-end gap-3 max-md:grid-cols-1">
        <MomentPicker label="From" value={from} onChange={(moment) => choose({ from: moment })} />
        <Icon of={ArrowRight} className="mb-2 text-ink-3 max-md:rotate-90" />
        <MomentPicker label="To" value={to} onChange={(moment) => choose({ to: moment })} />
      </div>
      {from && to ? (
        <Compared from={from} to={to} />
      ) : (
        <EmptyState
          title="Choose both moments"
          why="Of one environment, or of two."
          next={<ButtonLink href={`/t/${slug}/snapshots`}>Go to the snapshots</ButtonLink>}
        />
      )}
    </Page>
  );
}

function Compared({ from, to }: { from: string; to: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useQuery(comparison(slug, { from, to }));
  if (error) return <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />;
  return data ? <MomentComparison compared={data} /> : <SkeletonLines lines={12} label="the comparison" />;
}
