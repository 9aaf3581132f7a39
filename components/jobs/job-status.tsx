import type { StatusKind } from '@/components/ui/glyph';
import { Status } from '@/components/ui/status';
import type { BackgroundJob } from '@/lib/features/service/background-jobs/schema';

const SAID: Record<BackgroundJob['status'], { kind: StatusKind; word: string }> = {
  pending: { kind: 'wait', word: 'Waiting' },
  running: { kind: 'run', word: 'Running' },
  completed: { kind: 'ok', word: 'Completed' },
  failed: { kind: 'bad', word: 'Failed' },
  cancelled: { kind: 'hold', word: 'Cancelled' },
};

/** Where a job stands, in one word. */
export function JobStatus({ job }: { job: Pick<BackgroundJob, 'status' | 'cancelRequestedAt'> }) {
  if (job.cancelRequestedAt && job.status === 'running') return <Status kind="run" word="Cancelling" />;
  return <Status {...SAID[job.status]} />;
}
