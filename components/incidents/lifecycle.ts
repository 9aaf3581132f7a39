import { INCIDENT_STATUSES, type IncidentStatus } from '@/lib/features/drift/incidents/model';
import type { Incident } from '@/lib/features/drift/incidents/schema';

type Stamped = Pick<
  Incident,
  'status' | 'detectedAt' | 'acknowledgedAt' | 'stabilizedAt' | 'reconciledAt' | 'closedAt'
>;

export type LifecycleStep = {
  status: IncidentStatus;
  /** `skipped`: it went past this one. `next`: what it waits for. */
  state: 'done' | 'skipped' | 'next' | 'later';
  at: string | null;
};

/** The five states in order, each with when it was reached. What was reached earlier and undone since is not claimed. */
export function lifecycleOf(incident: Stamped): LifecycleStep[] {
  const reached = INCIDENT_STATUSES.indexOf(incident.status);
  const stamps: Record<IncidentStatus, string | null> = {
    detected: incident.detectedAt,
    acknowledged: incident.acknowledgedAt,
    stabilized: incident.stabilizedAt,
    reconciled: incident.reconciledAt,
    closed: incident.closedAt,
  };
  return INCIDENT_STATUSES.map((status, index) => {
    if (index === reached + 1) return { status, state: 'next', at: null };
    if (index > reached) return { status, state: 'later', at: null };
    const at = stamps[status];
    return { status, state: at ? 'done' : 'skipped', at };
  });
}
