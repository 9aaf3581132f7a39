'use client';

import { EnvironmentName } from '@/components/patterns/environment-name';
import { FormProblem } from '@/components/patterns/form-problem';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { acceptSuggestion } from '@/lib/actions/lineages';
import { toShownProblem } from '@/lib/client/problem-error';
import type { AdoptionPreview } from '@/lib/features/history/snapshots/approved-schema';

type Line = AdoptionPreview['workflows'][number];

/** The lineage it belongs to, or those it may belong to: accepted here, before it begins one of its own. */
export function ProposedLinks({ line: { lineage, proposals, change } }: { line: Line }) {
  const { slug } = useTenant();
  const refresh = useRefresh('approved', 'lineages');
  const accept = useAct(acceptSuggestion, { onSuccess: refresh });
  if (lineage) return <NameLink href={`/t/${slug}/matrix/${lineage.id}`}>{lineage.name}</NameLink>;
  if (proposals.length === 0) {
    return <span className="text-ink-3">{change === 'removed' ? 'none' : 'begins its own'}</span>;
  }
  return (
    <ul className="space-y-1.5 whitespace-normal">
      {proposals.map(({ suggestionId, name, environment, score, reasons }) => (
        <li key={suggestionId}>
          <span className="flex flex-wrap items-center gap-x-2">
            may be <b>{name}</b> <EnvironmentName tier={environment.class} name={environment.name} />
            <span className="text-12 text-ink-3">
              {Math.round(score * 100)} %{reasons[0] && `, ${reasons[0]}`}
            </span>
            <Button size="sm" busy={accept.isPending && 'Linking…'} onClick={() => accept.mutate({ id: suggestionId })}>
              Link them
            </Button>
          </span>
        </li>
      ))}
      <FormProblem problem={accept.error && toShownProblem(accept.error)} />
    </ul>
  );
}
