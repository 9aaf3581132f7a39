export type Step = 'acknowledge' | 'stabilize' | 'extend';

/** The steps before a resolution, in their order. */
export const STEPS: readonly Step[] = ['acknowledge', 'stabilize', 'extend'];

export const STEP_WORDS: Record<Step, { verb: string; does: string }> = {
  acknowledge: { verb: 'Acknowledge', does: 'Say that somebody has seen it and takes care.' },
  stabilize: {
    verb: 'Stabilize',
    does: 'Say that it does no more harm, though it still differs: the workflow is switched off, or its callers can do without.',
  },
  extend: { verb: 'More time', does: 'Moves the due time, counted from it, or from now where it has passed.' },
};
