import { cx } from '../ui/class-names';
import type { StepState } from './progress-steps';

const LOOKS: Record<StepState, string> = {
  done: 'bg-ok',
  running:
    'bg-[repeating-linear-gradient(90deg,var(--accent)_0_4px,var(--accent-soft)_4px_6px)] inset-ring inset-ring-accent',
  waiting: 'inset-ring inset-ring-line-control',
  failed: 'bg-bad',
  held: 'bg-warn',
};

/** One bar per step of a known plan. `label` says the same in words: "step 9 of 14". */
export function Segments({ label, states }: { label: string; states: readonly StepState[] }) {
  return (
    <div role="img" aria-label={label} className="flex gap-0.5">
      {states.map((state, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the plan.
        <span key={index} className={cx('h-1.25 min-w-1 flex-1 rounded-1', LOOKS[state])} />
      ))}
    </div>
  );
}
