import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { SYNC_PHASES, type SyncPhaseName } from './model';
import type { SyncPhase } from './schema';

/** How old each part of an environment's inventory is, in the order a refresh takes them. */
export async function listPhases(db: TenantDb, environmentId: string): Promise<SyncPhase[]> {
  const rows = await db.syncPhase.findMany({ where: { environmentId } });
  return SYNC_PHASES.map((phase) => {
    const row = rows.find((one) => one.phase === phase);
    return {
      phase,
      okAt: row?.okAt?.toISOString() ?? null,
      count: row?.count ?? null,
      failedAt: row?.failedAt?.toISOString() ?? null,
      problem: (row?.problem as SyncPhase['problem']) ?? null,
    };
  });
}

/** `note` says what limits a part that was read all the same, or why it is not read at all. */
type Outcome =
  | { status: 'done'; count: number; note: { code: string; detail: string } | null; cursor?: object }
  | { status: 'skipped' | 'failed'; problem: { code: string; detail: string } };

/** A failure is noted beside the last success and never moves it: what was read then still stands. */
export async function recordPhase(
  db: TenantDb,
  environmentId: string,
  phase: SyncPhaseName,
  outcome: Outcome,
): Promise<void> {
  const done = outcome.status === 'done';
  const okAt = done ? new Date() : null;
  const failedAt = outcome.status === 'failed' ? new Date() : null;
  const problem = done ? outcome.note : outcome.problem;
  const cursor = done && outcome.cursor ? JSON.stringify(outcome.cursor) : null;
  await db.$executeRaw`
    INSERT INTO sync_phases (id, environment_id, phase, ok_at, count, cursor, failed_at, problem)
    VALUES (gen_random_uuid(), ${environmentId}::uuid, ${phase}, ${okAt}, ${done ? outcome.count : null},
            ${cursor}::jsonb, ${failedAt}, ${problem && JSON.stringify(problem)}::jsonb)
    ON CONFLICT (tenant_id, environment_id, phase) DO UPDATE SET
      ok_at = coalesce(excluded.ok_at, sync_phases.ok_at), count = coalesce(excluded.count, sync_phases.count),
      cursor = coalesce(excluded.cursor, sync_phases.cursor),
      failed_at = excluded.failed_at, problem = excluded.problem`;
}

/** Where the last complete reading of a part stopped; null when it has to be read from the start. */
export async function phaseCursor(db: TenantDb, environmentId: string, phase: SyncPhaseName): Promise<unknown> {
  const row = await db.syncPhase.findFirst({ where: { environmentId, phase }, select: { cursor: true } });
  return row?.cursor ?? null;
}
