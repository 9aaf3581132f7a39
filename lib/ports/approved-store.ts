import type { SnapshotStore } from './snapshot-store';
import type { Call } from './workflow-provider';

/** Where approved states are kept, as commits: one repository per tenant, which no other tenant's can reach. */
export interface ApprovedStore {
  /** Whether it can be read and written now, and if not, what to do. Never throws. */
  check(call?: Call): Promise<{ ok: boolean; detail: string }>;
  /** Costs nothing: the repository is made by its first commit. */
  forTenant(tenantId: string): SnapshotStore;
}
