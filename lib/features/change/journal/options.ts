/** Where a run can be stopped from outside. Tests crash and stall it there; the product passes none. */
export type Interruption = {
  /** Awaited at every named point; `position` is the step's. */
  at(point: Point, position?: number): Promise<void>;
  /** Whether the process counts as dead or asleep: then nothing renews its lease. */
  isFrozen(): boolean;
};

/** Every point between two effects, in the order a run passes them. */
export const POINTS = [
  'lease.taken',
  'run.started',
  'ids.known',
  'step.read',
  'step.intended',
  'step.written',
  'step.recorded',
  'verify.begun',
  'verify.read',
  'compensation.begun',
  'undo.read',
  'undo.intended',
  'undo.written',
  'undo.recorded',
  'step.undone',
  'run.ended',
] as const;
export type Point = (typeof POINTS)[number];

/** Times in milliseconds. */
export type JournalOptions = {
  /** How long a dead holder keeps others from going on; renewed three times as often. */
  leaseMs: number;
  /** How long to wait for another holder before the job is handed back. */
  waitMs: number;
  /** Before each repetition of a write; their number is that of the repetitions. */
  retryMs: readonly number[];
  /** How long what may pass keeps a workflow from being taken back before it is left, however many jobs that takes. */
  undoMs: number;
  /** How long a webhook may take to be registered after publishing was answered. */
  probeMs: number;
  interruption?: Interruption;
};

export const JOURNAL_OPTIONS: JournalOptions = {
  leaseMs: 15_000,
  waitMs: 60_000,
  retryMs: [500, 2_000, 8_000],
  undoMs: 3_600_000,
  probeMs: 20_000,
};
