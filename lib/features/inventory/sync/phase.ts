import type { SyncPhaseName } from '@/lib/features/connections/environments/model';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';

/** What a phase works with. `report` says how far it is; `total` is null while nobody knows. */
export type PhaseContext = Pick<JobContext, 'tx' | 'signal' | 'log'> & {
  environmentId: string;
  provider: WorkflowProvider;
  report(current: number, total: number | null): Promise<void>;
  /** Says that the instance answers, so that what comes later can be asked for already. */
  answered(): void;
};

type Note = { code: string; detail: string };
export type PhaseOutcome =
  | {
      status: 'done';
      /** How many there are now. */
      count: number;
      changed: number;
      missing: number;
      note: Note | null;
      /** Where the next refresh goes on. */
      cursor?: object;
    }
  | { status: 'skipped'; problem: Note };

export type Phase = { name: SyncPhaseName; run(ctx: PhaseContext): Promise<PhaseOutcome> };
