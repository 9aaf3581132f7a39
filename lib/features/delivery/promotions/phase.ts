import { PHASES, type Phase, phasesOf, runsIn } from '@/lib/features/change/journal/service';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';

type Running = { status: string; runId: string | null | undefined };

/** What a promotion or a deployment says while its run goes on: the phase that the journal is in, read where it stands. */
export async function statusReader(db: TenantDb, rows: readonly Running[]) {
  const running = rows.flatMap(({ status, runId }) => (status === 'running' && runId ? [runId] : []));
  const phases = await phasesOf(db, running);
  return <S extends string>({ status, runId }: { status: S; runId: string | null | undefined }): S | Phase =>
    (status === 'running' && phases.get(runId ?? '')) || status;
}

/** A list narrowed to a status as it is shown: what is stored, and which runs to look for or leave out. */
export async function statusFilter<S extends string>(db: TenantDb, status: S | undefined) {
  const phase = PHASES.find((one) => one === status);
  if (phase) return { status: 'running' as const, runId: { in: await runsIn(db, [phase]) } };
  if (status !== 'running') return { status, runId: undefined };
  const apart = await runsIn(db, PHASES);
  return { status, runId: apart.length > 0 ? { notIn: apart } : undefined };
}
