'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { EmptyState } from '@/components/patterns/empty-state';
import { ErrorState } from '@/components/patterns/error-state';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { SkeletonLines } from '@/components/ui/skeleton';
import { workflow } from '@/components/workflows/queries';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowIdentity } from '@/lib/features/change/lineages/schema';
import { chooseSides, possibleViews, type Sides, VIEWS, type View } from './choose-sides';
import { workflowDrift } from './queries';

const ThreeWayDiff = dynamic(() => import('./three-way-diff'), {
  ssr: false,
  loading: () => <SkeletonLines lines={14} label="the comparison" />,
});

const CHOICES = {
  environment: parseAsString,
  source: parseAsString,
  compare: parseAsStringLiteral(VIEWS).withDefault('incoming'),
};

/** Two environments of a lineage side by side, and what each made of what was approved. Which two is in the URL. */
export function LineageCompare({ workflows }: { workflows: readonly WorkflowIdentity[] }) {
  const { slug } = useTenant();
  const [chosen, choose] = useQueryStates(CHOICES, { history: 'push' });
  const sides = chooseSides(workflows, { environmentId: chosen.environment, sourceId: chosen.source });
  if (!sides.target) {
    return (
      <Section title="Compare">
        <EmptyState
          title="Nothing to compare"
          why="It is in no environment now."
          next={<ButtonLink href={`/t/${slug}/matrix`}>Back to the matrix</ButtonLink>}
        />
      </Section>
    );
  }
  return (
    <Section title="Compare">
      <div className="flex flex-wrap items-end gap-3 py-3">
        <SideSelect
          label="From"
          value={sides.source?.environment.id ?? ''}
          workflows={workflows.filter(({ workflowId }) => workflowId !== sides.target?.workflowId)}
          onChange={(source) => void choose({ source })}
        />
        <SideSelect
          label="To"
          value={sides.target.environment.id}
          workflows={workflows}
          onChange={(environment) => void choose({ environment, source: null })}
        />
      </div>
      <Compared sides={sides} view={chosen.compare} onView={(compare) => void choose({ compare })} />
    </Section>
  );
}

type SideSelectProps = {
  label: string;
  value: string;
  workflows: readonly WorkflowIdentity[];
  onChange(id: string): void;
};

function SideSelect({ label, value, workflows, onChange }: SideSelectProps) {
  const there = workflows.filter(({ status }) => status === 'linked');
  const options = there.map(({ environment: { id, name, class: tier } }) => ({
    value: id,
    label: `${name} (${tier})`,
  }));
  const none = options.length === 0 ? [{ value: '', label: 'nowhere else' }] : [];
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="text-12 text-ink-3">
        {label}
      </span>
      <Select
        aria-label={label}
        value={value}
        options={[...none, ...options]}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}

function Compared({ sides, view, onView }: { sides: Sides; view: View; onView(view: View): void }) {
  const { slug } = useTenant();
  const source = useQuery({ ...workflow(slug, sides.source?.workflowId ?? ''), enabled: sides.source !== null });
  const target = useQuery(workflow(slug, sides.target!.workflowId));
  const drift = useQuery(workflowDrift(slug, sides.target!.workflowId));
  const failed = [source, target, drift].find(({ error }) => error);
  if (failed?.error) {
    const problem = toShownProblem(failed.error);
    return <ErrorState problem={problem} unchanged="Nothing was changed." onRetry={failed.refetch} />;
  }
  if (source.isLoading || !target.data || !drift.data) return <SkeletonLines lines={14} label="the comparison" />;
  const approved = drift.data.approvedDocument;
  const views = possibleViews({ source: Boolean(source.data), approved: Boolean(approved) });
  const shown = views.includes(view) ? view : views[0];
  if (!shown) {
    return (
      <EmptyState
        title={`Only in ${target.data.environment.name}`}
        why="It is in no other environment, and nothing is approved that it could be compared with."
        next={
          <ButtonLink size="sm" href={`/t/${slug}/workflows/${target.data.id}`}>
            Look at the workflow
          </ButtonLink>
        }
      />
    );
  }
  const words: Record<View, string> = {
    incoming: `What ${target.data.environment.name} would get`,
    source: `New in ${source.data?.environment.name ?? ''}`,
    target: `Edited in ${target.data.environment.name}`,
  };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <Segmented
          label="Which difference"
          value={shown}
          options={views.map((value) => ({ value, label: words[value] }))}
          onChange={onView}
        />
        {!approved && (
          <span className="text-12 text-ink-3">{WITHOUT_BASE[drift.data.status] ?? WITHOUT_BASE.unknown}</span>
        )}
      </div>
      <ThreeWayDiff view={shown} source={source.data} target={target.data} approved={approved} />
    </>
  );
}

/** Why there is nothing that both sides began with. */
const WITHOUT_BASE: Record<string, string | undefined> = {
  not_tracked: 'Dev has no approved version of its own that both could be measured against.',
  no_baseline: 'Nothing is approved there yet, so it can’t be told which side changed what.',
  unmanaged: 'This workflow is not approved there, so it can’t be told which side changed what.',
  unknown: 'Not checked yet, so it can’t be told which side changed what.',
};
