import type { Kernel } from '../kernel';

/** A job whose worker has been silent this long is taken over. */
export const SILENT_AFTER_MS = 20_000;

type Due = { tenant_id: string; id: string };

/** Marks due rows as handed out. One that is never picked up is handed out again after a while. */
export function claimDue(kernel: Kernel, limit: number): Promise<Due[]> {
  const silentSince = new Date(Date.now() - SILENT_AFTER_MS);
  return kernel.database.asPlatform(
    (db) => db.$queryRaw<Due[]>`
      UPDATE background_jobs SET dispatched_at = now()
      WHERE id IN (
        SELECT id FROM background_jobs
        WHERE (status = 'pending' AND run_after <= now() AND cancel_requested_at IS NULL
               AND (dispatched_at IS NULL OR dispatched_at < ${silentSince}))
           OR (status = 'running' AND heartbeat_at < ${silentSince} AND dispatched_at < ${silentSince})
        ORDER BY run_after LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING tenant_id, id`,
  );
}
