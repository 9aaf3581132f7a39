'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/patterns/error-state';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast';
import { Why } from '@/components/ui/why';
import { reorderEnvironmentTypes } from '@/lib/actions/environment-types';
import { toShownProblem } from '@/lib/client/problem-error';
import { AddLabelForm } from './label-forms';
import { EDGE_ID, LabelRow } from './label-row';
import { environmentTypes } from './queries';

/** Names for kinds of environments, in the order they are offered. Rules never look at them. */
export function EnvironmentLabels() {
  const { slug } = useTenant();
  const may = useMay('environment-type:write');
  const { data, error, refetch } = useQuery(environmentTypes(slug));
  const refresh = useRefresh('environment-types');
  const reorder = useAct(reorderEnvironmentTypes, { onSuccess: refresh });
  const labels = data?.items ?? [];
  const move = (from: number, to: number) => {
    const ids = labels.map(({ id }) => id);
    const [moved] = ids.splice(from, 1);
    if (moved) ids.splice(to, 0, moved);
    reorder.mutate(
      { orderedIds: ids },
      {
        onError: (failure) => toast({ kind: 'bad', title: 'The order stays', detail: toShownProblem(failure).detail }),
      },
    );
  };
  return (
    <Section title="Environment labels" note={data && `${data.total}`}>
      <p className="max-w-[62ch] pt-4 text-ink-2">
        Your own words for environments, in the order they are offered. What may be done where depends on the class
        (dev, staging, production) alone.
      </p>
      {error && !data && (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      )}
      {!data && !error && <SkeletonLines lines={4} label="the labels" />}
      {data?.items.length === 0 && <p className="pt-3 text-ink-3">There is no label. Environments go without one.</p>}
      <span id={EDGE_ID} className="sr-only">
        It stands at the edge already.
      </span>
      <ol className="mt-3 max-w-180 border-t border-line empty:hidden">
        {labels.map((label, index) => (
          <LabelRow
            key={`${label.id} ${label.version}`}
            label={label}
            mayWrite={may}
            onMoveUp={index > 0 ? () => move(index, index - 1) : undefined}
            onMoveDown={index < labels.length - 1 ? () => move(index, index + 1) : undefined}
          />
        ))}
      </ol>
      <div className="mt-3">{may ? <AddLabelForm /> : <Why>An admin changes the labels.</Why>}</div>
    </Section>
  );
}
