import { ById } from '@/lib/core/schema';
import type { GuardedAction } from '@/lib/features/connections/environments/model';
import { assertAllowed } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { JobReceipt } from '@/lib/features/service/background-jobs/schema';
import type { TenantContext } from '@/lib/kernel/context';
import type { JobDeclaration } from '@/lib/kernel/jobs/job';
import { operation } from '@/lib/kernel/operation';
import { previewOfAdoption } from './adoption-preview';
import { getApprovedDetail } from './approved-detail';
import { Adopt, AdoptionPreview, ApprovedState, RefreshApproved, SaveApproved } from './approved-schema';
import { assertStand } from './approving';
import { approvedAdopt, approvedRefresh, approvedSave, ONE_AT_A_TIME } from './jobs';

export const getApproved = operation({
  name: 'approved.get',
  summary: 'What an environment should run, as git holds it',
  input: ById,
  output: ApprovedState,
  status: 200,
  permission: 'snapshot:read',
  effect: 'read',
  run: (ctx, { id }) => getApprovedDetail(ctx, id),
});

const request = { output: JobReceipt, status: 202, effect: 'write' } as const;

export const saveApproved = operation({
  ...request,
  name: 'approved.save',
  summary: 'Save what a dev environment has now as approved',
  description: `Reads the instance afresh and commits it to whichever store is configured. ${ONE_AT_A_TIME}`,
  input: SaveApproved,
  permission: 'snapshot:write',
  feature: 'workflow_push',
  audit: 'approved.save-requested',
  run: (ctx, input) => start(ctx, 'saveApproved', approvedSave, input),
});

export const refreshApproved = operation({
  ...request,
  name: 'approved.refresh',
  summary: 'Read what git holds for an environment anew, and report what differs',
  description: 'Writes to no instance.',
  input: RefreshApproved,
  permission: 'snapshot:write',
  audit: 'approved.refresh-requested',
  run: (ctx, input) => start(ctx, 'compare', approvedRefresh, input),
});

export const previewAdoption = operation({
  name: 'approved.previewAdoption',
  summary: 'What adopting an environment would commit: what differs, secrets found, links proposed',
  description: 'Reads the instance afresh.',
  input: ById,
  output: AdoptionPreview,
  status: 200,
  permission: 'approved:adopt',
  rateClass: 'expensive',
  asksInstance: true,
  effect: 'read',
  run: (ctx, { id }) => previewOfAdoption(ctx, id),
});

export const adoptEnvironment = operation({
  ...request,
  name: 'approved.adopt',
  summary: 'Take what runs in a staging or production environment as approved, whole or selected',
  description: `In production this takes an admin. Secrets that are written out must be accepted. ${ONE_AT_A_TIME}`,
  input: Adopt,
  permission: 'approved:adopt',
  feature: 'workflow_push',
  audit: 'approved.adopt-requested',
  run: (ctx, { id: environmentId, ...input }) => start(ctx, 'adopt', approvedAdopt, { environmentId, ...input }),
});

function start<Input extends { environmentId: string; workflowIds?: string[] }>(
  ctx: TenantContext,
  action: GuardedAction,
  job: JobDeclaration<Input>,
  input: Input,
) {
  return ctx.tx(async (db) => {
    const { environmentId, workflowIds = [] } = input;
    // Adopting has it in its path.
    const field = action === 'adopt' ? 'id' : 'environmentId';
    const environment = await getEnvironmentRow(db, environmentId, field);
    assertAllowed(ctx.principal, environment, action);
    await assertStand(db, environmentId, workflowIds);
    const receipt = await db.enqueue(job, input, { environmentId });
    db.audit({ target: { type: 'environment', id: environmentId, label: environment.name }, details: receipt });
    return receipt;
  });
}
