import type { StatusKind } from '@/components/ui/glyph';
import type { Axes } from '@/lib/features/connections/environments/schema';

type Said = { kind: StatusKind; word: string };

const CONNECTION: Record<Axes['connection']['status'], Said> = {
  connected: { kind: 'ok', word: 'Connected' },
  unreachable: { kind: 'bad', word: 'Unreachable' },
  refused: { kind: 'bad', word: 'Key refused' },
  unknown: { kind: 'unknown', word: 'Unknown' },
};
const DRIFT: Record<Axes['drift']['status'], Said> = {
  not_tracked: { kind: 'wait', word: 'Not tracked' },
  no_baseline: { kind: 'unknown', word: 'No baseline' },
  none: { kind: 'ok', word: 'None' },
  drifted: { kind: 'bad', word: 'Drifted' },
  unknown: { kind: 'unknown', word: 'Unknown' },
};
const READINESS: Record<Axes['readiness']['status'], Said> = {
  ready: { kind: 'ok', word: 'Ready' },
  limited: { kind: 'warn', word: 'Limited' },
  unknown: { kind: 'unknown', word: 'Unknown' },
};
const FRESHNESS: Record<Axes['freshness']['status'], Said> = {
  fresh: { kind: 'ok', word: 'Fresh' },
  stale: { kind: 'warn', word: 'Stale' },
  never: { kind: 'unknown', word: 'Never read' },
};

/** How each axis is said: its glyph and its word. Unknown is never green. */
export const saidOf = (axes: Axes): Record<keyof Axes, Said> => ({
  connection: CONNECTION[axes.connection.status],
  drift: DRIFT[axes.drift.status],
  readiness: READINESS[axes.readiness.status],
  freshness: FRESHNESS[axes.freshness.status],
});
