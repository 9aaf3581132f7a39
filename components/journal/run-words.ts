import type { ProgressStep, StepState } from '@/components/patterns/progress-steps';
import type { GlyphKind, StatusKind } from '@/components/ui/glyph';
import type { StepAction } from '@/lib/features/change/change-plans/schema';
import type { Run, RunStatus, RunStep, StepStatus } from '@/lib/features/change/journal/schema';

/** Where a run stands, in words. Nothing is called done before it was read back. */
export const RUN_WORDS: Record<RunStatus, { kind: StatusKind; word: string; says: string }> = {
  pending: { kind: 'wait', word: 'Waiting', says: 'Nothing was written yet.' },
  running: { kind: 'run', word: 'Applying', says: 'Each step is read back before the next one.' },
  verifying: { kind: 'run', word: 'Verifying', says: 'Everything is written; it is read back as a whole.' },
  compensating: { kind: 'run', word: 'Taking back', says: 'What was written is taken back.' },
  completed: { kind: 'ok', word: 'Verified', says: 'Everything is as planned, and was read back.' },
  failed: { kind: 'bad', word: 'Failed', says: 'Nothing was written.' },
  rolled_back: { kind: 'hold', word: 'Taken back', says: 'Everything that was written was taken back.' },
  needs_attention: {
    kind: 'bad',
    word: 'Needs attention',
    says: 'It stopped rather than overwrite what somebody else did, or what it could not interpret.',
  },
};

const FINAL: readonly RunStatus[] = ['completed', 'failed', 'rolled_back', 'needs_attention'];
export const isRunOver = (status: RunStatus): boolean => FINAL.includes(status);

/** How a step is called before, while and after it is done: "draft to write", "writing the draft", "draft written". */
const STEP_WORDS: Record<StepAction, readonly [ahead: string, now: string, done: string]> = {
  unpublish: ['to be taken offline', 'being taken offline', 'taken offline'],
  unarchive: ['to leave the archive', 'leaving the archive', 'taken out of the archive'],
  create: ['to be created', 'being created', 'created'],
  update: ['draft to be written', 'draft being written', 'draft written and read back'],
  tag: ['tag to be made', 'tag being made', 'tag made'],
  tags: ['tags to be set', 'tags being set', 'tags set'],
  publish: ['to be published', 'being published', 'published and read back'],
  archive: ['to be archived', 'being archived', 'archived'],
  probe: ['webhook to answer', 'webhook being asked', 'webhook answers'],
};

/** The path of a call for people: a workflow that the run makes has its id there once n8n has given one. */
export const shownPath = (path: string, n8nId: string | null): string =>
  path.replace(/n8nops-new-[^/]+/, n8nId ?? '{new id}');

/** A planned step in words. */
export const plannedInWords = (action: StepAction): string => STEP_WORDS[action][0];

type Told = { kind: GlyphKind; said: string; words: string };

const TOLD: Record<StepStatus, (words: (typeof STEP_WORDS)[StepAction]) => Told> = {
  planned: ([ahead]) => ({ kind: 'wait', said: 'not yet', words: ahead }),
  intended: ([, now]) => ({ kind: 'run', said: 'now', words: now }),
  applied: ([, , done]) => ({ kind: 'ok', said: 'done', words: done }),
  skipped: ([ahead]) => ({ kind: 'dot', said: 'skipped', words: `${ahead}: nothing to write` }),
  failed: ([ahead]) => ({ kind: 'bad', said: 'failed', words: `${ahead}: refused` }),
  undoing: ([, , done]) => ({ kind: 'run', said: 'being taken back', words: `${done}, being taken back` }),
  undone: ([, , done]) => ({ kind: 'hold', said: 'taken back', words: `${done}, and taken back` }),
  left: ([, , done]) => ({ kind: 'warn', said: 'left as it is', words: `${done}, then edited by somebody else: left` }),
};

/** One step as the journal tells it. A run that is over has no step under way: what is not known is called so. */
export function tellStep({ action, status, problem, notes }: RunStep, run: RunStatus): Told {
  const told = TOLD[status](STEP_WORDS[action]);
  if (isRunOver(run) && told.kind === 'run') return { ...told, kind: 'unknown', said: 'not known' };
  if (isRunOver(run) && status === 'planned') return { ...told, said: 'never begun' };
  if (status === 'applied' && (problem || notes.length > 0))
    return { ...told, kind: 'warn', said: 'done, with a note' };
  return told;
}

/** How far a run is: steps that are settled either way. */
export function settledSteps({ steps }: Pick<Run, 'steps'>): number {
  return steps.filter(({ status }) => status !== 'planned' && status !== 'intended' && status !== 'undoing').length;
}

const SEGMENT: Record<StepStatus, StepState> = {
  planned: 'waiting',
  intended: 'running',
  applied: 'done',
  skipped: 'done',
  failed: 'failed',
  undoing: 'running',
  undone: 'held',
  left: 'failed',
};
export const segmentsOf = ({ steps }: Pick<Run, 'steps'>): StepState[] => steps.map(({ status }) => SEGMENT[status]);

/** The four stages every write goes through, as far as this run came. */
export function stagesOf(status: RunStatus): ProgressStep[] {
  const stages = (...states: [StepState, StepState, StepState]): ProgressStep[] => [
    { word: 'accepted', state: states[0] },
    { word: 'applying', state: states[1] },
    { word: 'verified', state: states[2] },
  ];
  switch (status) {
    case 'pending':
      return stages('running', 'waiting', 'waiting');
    case 'running':
      return stages('done', 'running', 'waiting');
    case 'verifying':
      return stages('done', 'done', 'running');
    case 'completed':
      return stages('done', 'done', 'done');
    case 'compensating':
    case 'rolled_back':
      return stages('done', 'held', 'waiting');
    default:
      return stages('done', 'failed', 'waiting');
  }
}
