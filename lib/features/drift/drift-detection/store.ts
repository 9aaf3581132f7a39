import { type ApprovedEntry, readApprovedIndex } from '@/lib/features/change/approved-state/service';
import type { DriftFlag } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Severity } from '../drift-policies/model';
import type { DriftClass, DriftReason } from '../incidents/model';
import type { Expected } from './model';
import type { WorkflowDrift } from './schema';

type WorkflowRow = { id: string; environmentId: string; n8nId: string; environment: { class: string } };
type Difference = NonNullable<WorkflowDrift['difference']>;

export const toDifference = (flag: Omit<DriftFlag, 'checkId'>): Difference => ({
  driftClass: flag.driftClass as DriftClass,
  classes: flag.classes as DriftClass[],
  severity: flag.severity as Severity,
  sentences: flag.sentences as string[],
  reasons: flag.reasons as DriftReason[],
  expected: flag.expected as Expected | null,
});

/** How one workflow stands to what is approved, by the newest check that succeeded; git is not asked. */
export async function readWorkflowDrift(
  db: TenantDb,
  row: WorkflowRow,
): Promise<Omit<WorkflowDrift, 'approvedDocument'>> {
  const { id: workflowId, environmentId } = row;
  const environment = await db.environment.findUniqueOrThrow({ where: { id: environmentId } });
  const index = await readApprovedIndex(db, environmentId);
  const link = await db.workflowLink.findFirst({ where: { workflowId }, select: { lineageId: true } });
  const entry = index?.entries.find(({ n8nId, lineageId }) => n8nId === row.n8nId || lineageId === link?.lineageId);
  const check = await db.driftCheck.findFirst({
    where: { environmentId, status: { not: 'failed' } },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    select: { flagsOf: true },
  });
  const flag = check?.flagsOf ? await db.driftFlag.findFirst({ where: { checkId: check.flagsOf, workflowId } }) : null;
  const incident = await db.incidentWorkflow.findFirst({
    where: { workflowId, status: 'open', incident: { status: { not: 'closed' } } },
    select: { incidentId: true },
  });
  return {
    workflowId,
    environmentId,
    status: statusOf({
      tier: row.environment.class,
      checked: check !== null,
      hasBaseline: index !== null,
      entry,
      flag,
    }),
    checkedAt: environment.driftCheckedAt?.toISOString() ?? null,
    problem: environment.driftProblem as WorkflowDrift['problem'],
    difference: flag && toDifference(flag),
    approved: entry
      ? {
          commitSha: entry.commitSha,
          approvedAt: entry.approvedAt.toISOString(),
          lineageId: entry.lineageId,
          file: entry.file,
        }
      : null,
    incidentId: incident?.incidentId ?? null,
  };
}

type Known = {
  tier: string;
  checked: boolean;
  hasBaseline: boolean;
  entry: ApprovedEntry | undefined;
  flag: DriftFlag | null;
};

function statusOf({ tier, checked, hasBaseline, entry, flag }: Known): WorkflowDrift['status'] {
  if (tier === 'dev') return 'not_tracked';
  if (!hasBaseline) return 'no_baseline';
  if (!entry) return 'unmanaged';
  if (!checked) return 'unknown';
  if (!flag) return 'in_sync';
  return flag.expected ? 'expected' : 'drifted';
}
