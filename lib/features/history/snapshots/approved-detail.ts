import { type ApprovedIndex, readApprovedIndex } from '@/lib/features/change/approved-state/service';
import { getEnvironmentRow, toRef } from '@/lib/features/connections/environments/store';
import type { TenantContext } from '@/lib/kernel/context';
import type { ApprovedState } from './approved-schema';
import { possibilityOf } from './permission';

/** From the index: as it was when git was last looked at. */
export async function getApprovedDetail(ctx: TenantContext, environmentId: string): Promise<ApprovedState> {
  const { environment, index } = await ctx.tx(async (db) => ({
    environment: await getEnvironmentRow(db, environmentId),
    index: await readApprovedIndex(db, environmentId),
  }));
  return {
    environment: toRef(environment),
    baseline: index !== null,
    commitSha: index?.commitSha ?? null,
    approvedAt: index?.approvedAt.toISOString() ?? null,
    message: index?.message ?? null,
    by: index?.by ?? null,
    problems: index?.problems ?? [],
    workflows: index?.entries.map(toFace) ?? [],
    save: possibilityOf(ctx.principal, environment, 'saveApproved'),
    adopt: possibilityOf(ctx.principal, environment, 'adopt'),
  };
}

const toFace = (entry: ApprovedIndex['entries'][number]): ApprovedState['workflows'][number] => ({
  lineageId: entry.lineageId,
  n8nId: entry.n8nId,
  file: entry.file,
  name: entry.name,
  active: entry.active,
  tags: entry.tags,
  commitSha: entry.commitSha,
  approvedAt: entry.approvedAt.toISOString(),
});
