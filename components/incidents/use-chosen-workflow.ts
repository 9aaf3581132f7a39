'use client';

import { parseAsString, useQueryState, useQueryStates } from 'nuqs';
import type { Incident } from '@/lib/features/drift/incidents/schema';

export type Affected = Incident['affectedWorkflows'][number];

/** Which of the affected workflows is looked at, kept in the URL; without a choice the gravest that still differs. */
export function useChosenWorkflow({ affectedWorkflows }: Pick<Incident, 'affectedWorkflows'>) {
  const [key, setKey] = useQueryState('workflow', parseAsString);
  // A chosen change belongs to the workflow it was chosen in.
  const [, clear] = useQueryStates({ change: parseAsString });
  const chosen: Affected | undefined =
    affectedWorkflows.find((one) => one.key === key) ??
    affectedWorkflows.find(({ status }) => status === 'open') ??
    affectedWorkflows[0];
  const choose = (next: string) => {
    void clear({ change: null });
    void setKey(next);
  };
  return { chosen, choose };
}
