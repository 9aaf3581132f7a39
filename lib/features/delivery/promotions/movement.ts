import { differences } from '@/lib/features/change/change-plans/target';
import { sameSource } from './comparison';
import type { ComparedWorkflow } from './schema';

/** Something that is no longer as it was when the plan was made. */
export type Movement = { lineageId: string | null; workflowId: string | null; name: string; what: string };

type Made = { planDigest: string | null; workflows: readonly ComparedWorkflow[] };

/** What moved between two makings of the same plan, for people. Empty: nothing did. */
export function movements(before: Made, now: Made): Movement[] {
  if (before.planDigest === now.planDigest) return [];
  const known = new Map(before.workflows.map((one) => [one.lineageId, one]));
  const still = new Set(now.workflows.map(({ lineageId }) => lineageId));
  const left = before.workflows.filter(({ lineageId, isPlanned }) => isPlanned && !still.has(lineageId));
  const found = [
    ...now.workflows.flatMap((one) => movementsOf(known.get(one.lineageId), one)),
    ...left.map((one) => movement(one, 'It is not needed any more.')),
  ];
  const elsewhere = 'A binding changed, or what the target takes.';
  return found.length > 0 ? found : [{ lineageId: null, workflowId: null, name: 'Bindings', what: elsewhere }];
}

function movementsOf(before: ComparedWorkflow | undefined, now: ComparedWorkflow): Movement[] {
  if (!before) return now.isPlanned ? [movement(now, 'It is needed now too.')] : [];
  if (!before.isPlanned && !now.isPlanned) return [];
  const [was, is] = [before.prints, now.prints];
  const isSameSource = was.source && is.source ? sameSource(was.source, is.source) : was.source === is.source;
  const moved = differences(was.target, is.target);
  return [
    ...(isSameSource ? [] : [movement(now, 'The source changed.')]),
    ...(moved.length > 0 ? [movement(now, `The target changed: ${moved.join(', ')}.`)] : []),
  ];
}

const movement = ({ lineageId, sourceWorkflowId: workflowId, name }: ComparedWorkflow, what: string): Movement => ({
  ...{ lineageId, workflowId, name, what },
});
