import type { StatusKind } from '../ui/glyph';
import { Status } from '../ui/status';

export type StepState = 'done' | 'running' | 'waiting' | 'failed' | 'held';

const KIND: Record<StepState, StatusKind> = {
  done: 'ok',
  running: 'run',
  waiting: 'wait',
  failed: 'bad',
  held: 'hold',
};
const SAID: Record<StepState, string> = {
  done: 'done',
  running: 'now',
  waiting: 'not yet',
  failed: 'failed',
  held: 'held',
};

export type ProgressStep = { word: string; state: StepState; note?: string };

/** The stages of one write. Nothing is claimed before its read-back: sending → accepted → applying → verified. */
export function ProgressSteps({ label, steps }: { label: string; steps: readonly ProgressStep[] }) {
  return (
    <ol aria-label={label} className="flex flex-wrap items-center gap-x-5 gap-y-1">
      {steps.map(({ word, state, note }) => (
        <li
          key={word}
          aria-current={state === 'running' ? 'step' : undefined}
          className="flex items-center gap-1.5 whitespace-nowrap"
        >
          <Status kind={KIND[state]} word={word} />
          <span className="sr-only">, {SAID[state]}</span>
          {note && <span className="text-ink-3">{note}</span>}
        </li>
      ))}
    </ol>
  );
}

const WRITE_STAGES = ['sending', 'accepted', 'applying', 'verified'] as const;
export type WriteStage = (typeof WRITE_STAGES)[number];

/** The four stages of a write that has reached `stage`; `failed` says that it stopped there. */
export function writeSteps(stage: WriteStage, failed = false): ProgressStep[] {
  const reached = WRITE_STAGES.indexOf(stage);
  return WRITE_STAGES.map((word, index) => {
    if (index < reached || (stage === 'verified' && !failed)) return { word, state: 'done' };
    if (index > reached) return { word, state: 'waiting' };
    return { word, state: failed ? 'failed' : 'running' };
  });
}
