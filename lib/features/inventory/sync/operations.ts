import { ById } from '@/lib/core/schema';
import { listPhases } from '@/lib/features/connections/environments/freshness';
import { SYNC_PHASES, type SyncPhaseName } from '@/lib/features/connections/environments/model';
import { assertAllowed } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { JobReceipt } from '@/lib/features/service/background-jobs/schema';
import { toBackgroundJob } from '@/lib/features/service/background-jobs/store';
import { operation } from '@/lib/kernel/operation';
import { environmentSync } from './jobs';
import { SyncState } from './schema';

/** One operation per route: they differ in what is read. */
const sync = (name: string, summary: string, phases: readonly SyncPhaseName[]) =>
  operation({
    name,
    summary,
    description:
      'One at a time in an environment: while one runs that reads this too, its job is the answer; beside another it is a conflict (`another_running`).',
    input: ById,
    output: JobReceipt,
    status: 202,
    permission: 'environment:sync',
    effect: 'write',
    audit: 'environment.sync-requested',
    run: (ctx, { id }) =>
      ctx.tx(async (db) => {
        const row = await getEnvironmentRow(db, id);
        assertAllowed(ctx.principal, row, 'refresh');
        const input = { environmentId: id, phases: [...phases] };
        const receipt = await db.enqueue(environmentSync, input, { environmentId: id });
        db.audit({ target: { type: 'environment', id, label: row.name }, details: { phases, ...receipt } });
        return receipt;
      }),
  });

export const syncEnvironment = sync('environment.sync', 'Refresh the inventory of an environment', SYNC_PHASES);
export const syncUsers = sync('environment.syncUsers', 'Refresh the users of an instance', ['users']);
export const syncExecutions = sync('environment.syncExecutions', 'Refresh the executions of an environment', [
  'executions',
]);
export const syncTags = sync('environment.syncTags', 'Refresh the tags of an environment', ['tags']);

export const getSyncState = operation({
  name: 'environment.syncState',
  summary: 'How old each part of the inventory is, and the newest refresh',
  input: ById,
  output: SyncState,
  status: 200,
  permission: 'environment:read',
  effect: 'read',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      await getEnvironmentRow(db, id);
      const job = await db.backgroundJob.findFirst({
        where: { type: environmentSync.name, environmentId: id },
        orderBy: { createdAt: 'desc' },
      });
      return { environmentId: id, phases: await listPhases(db, id), job: job && toBackgroundJob(job, ctx.jobs) };
    }),
});
