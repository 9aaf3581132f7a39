import type { StatusKind } from '@/components/ui/glyph';
import { Status } from '@/components/ui/status';
import type { Execution } from '@/lib/features/inventory/executions/schema';

const SAID: Record<Execution['status'], { kind: StatusKind; word: string }> = {
  success: { kind: 'ok', word: 'Succeeded' },
  error: { kind: 'bad', word: 'Failed' },
  crashed: { kind: 'bad', word: 'Crashed' },
  canceled: { kind: 'hold', word: 'Cancelled' },
  running: { kind: 'run', word: 'Running' },
  waiting: { kind: 'wait', word: 'Waiting' },
  new: { kind: 'wait', word: 'Queued' },
  unknown: { kind: 'unknown', word: 'Unknown' },
};

/** How a run ended, or where it stands. */
export const ExecutionStatus = ({ status }: Pick<Execution, 'status'>) => <Status {...SAID[status]} />;

/** `850 ms`, `12.4 s`, `3 min 5 s`. */
export function durationInWords(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
