import { askedInWords } from '@/components/incidents/incident-words';
import type { StatusKind } from '@/components/ui/glyph';
import type { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import type { PromotionSummary } from '@/lib/features/delivery/promotions/schema';
import type { DriftApproval } from '@/lib/features/drift/drift-approvals/schema';
import type { IncidentSummary } from '@/lib/features/drift/incidents/schema';
import type { Execution } from '@/lib/features/inventory/executions/schema';

/** One thing that somebody should look at. `until` is its end, `since` its beginning. */
export type Waiting = {
  key: string;
  kind: StatusKind;
  title: string;
  environment: EnvironmentRef;
  /** Under the tenant. */
  path: string;
  verb: 'Open' | 'Review' | 'Decide' | 'Runs';
  since?: string;
  until?: string;
  note: string;
};

type Sources = {
  incidents: readonly IncidentSummary[];
  /** What whoever looks may decide. */
  promotions: readonly PromotionSummary[];
  approvals: readonly DriftApproval[];
  failedRuns: readonly Execution[];
};

/** What waits for whoever looks, the most pressing first: overdue, due, to be decided, then what failed. */
export function waitsOf({ incidents, promotions, approvals, failedRuns }: Sources): Waiting[] {
  const byDue = incidents.toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || a.dueAt.localeCompare(b.dueAt));
  return [
    ...byDue.map(ofIncident),
    ...promotions.map(ofPromotion),
    ...approvals.filter(({ can }) => can.approve.allowed || can.reject.allowed).map(ofApproval),
    ...failuresOf(failedRuns),
  ];
}

const ofIncident = (incident: IncidentSummary): Waiting => ({
  key: incident.id,
  kind: incident.overdue || incident.severity === 'critical' || incident.severity === 'high' ? 'bad' : 'warn',
  title: incident.title,
  environment: incident.environment,
  path: `/incidents/${incident.id}`,
  verb: 'Open',
  until: incident.dueAt,
  note: `incident · ${incident.severity} · ${incident.status}`,
});

const ofPromotion = (promotion: PromotionSummary): Waiting => ({
  key: promotion.id,
  kind: 'wait',
  title: `Approve ${countOf(promotion.workflowCount, 'workflow')}`,
  environment: promotion.route.target,
  path: `/promotions/${promotion.id}`,
  verb: 'Review',
  since: promotion.createdAt,
  note: `promotion by ${promotion.createdBy.label} · risk ${promotion.risk}`,
});

const ofApproval = (approval: DriftApproval): Waiting => ({
  key: approval.id,
  kind: 'wait',
  title: `Second person: ${askedInWords(approval).toLowerCase()}`,
  environment: approval.environment,
  path: `/incidents/${approval.incident.id}`,
  verb: 'Decide',
  until: approval.expiresAt,
  note: `asked by ${approval.requester.label} · ${approval.incident.title}`,
});

/** Runs that failed, one line a workflow and environment, with how often. */
function failuresOf(runs: readonly Execution[]): Waiting[] {
  const groups = Map.groupBy(runs, (run) => `${run.environment.id} ${run.workflowId ?? run.workflowN8nId}`);
  return [...groups].map(([key, [newest, ...others]]) => {
    const run = newest!;
    const of = run.workflowId ? `&workflowId=${run.workflowId}` : `&environmentId=${run.environment.id}`;
    return {
      key,
      kind: 'warn',
      title: `${run.workflowName ?? run.workflowN8nId} failed${others.length > 0 ? ` ${others.length + 1} times` : ''}`,
      environment: run.environment,
      path: others.length > 0 ? `/executions?status=error${of}` : `/executions/${run.id}`,
      verb: 'Runs',
      since: run.startedAt ?? undefined,
      note: run.mode,
    };
  });
}

const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
