import type { Target } from '@/lib/features/change/change-plans/schema';
import { sameTarget } from '@/lib/features/change/change-plans/target';
import type { ReleaseChange } from './model';

/** What a source is told apart by. */
export type SourcePrint = { logic: string; settings: string };
export const sameSource = (a: SourcePrint, b: SourcePrint): boolean => a.logic === b.logic && a.settings === b.settings;

/** One workflow from three sides. */
export type ThreeSides = {
  /** Null: gone from the source, or archived there. */
  source: SourcePrint | null;
  /** Null: it is not in the target. */
  target: Target | null;
  /** What the target would be; null where the source is. */
  desired: Target | null;
  /** Both sides when the last release from here to there was verified. */
  baseline: { source: SourcePrint; target: Target } | null;
  /** What is approved for the target, where it has an approved state; what people decided to run there. */
  approved: SourcePrint | null;
};
export type Compared = { change: ReleaseChange; why: string };

/** How a workflow stands between its source, its target and the last release; `why` says it to people. */
export function compareSides({ source, target, desired, baseline, approved }: ThreeSides): Compared {
  if (!source || !desired) return compareGone(target, baseline, approved);
  if (!target) {
    if (!baseline) return { change: 'added', why: 'It is not in the target yet.' };
    return { change: 'conflict', why: 'It was deleted in the target since its last release.' };
  }
  if (isAlreadySo(target, desired)) return { change: 'unchanged', why: 'The target has it already.' };
  if (!baseline) return compareUnreleased(target, approved);
  const sourceMoved = !sameSource(source, baseline.source);
  if (isAsReleased(target, baseline.target)) {
    const why = sourceMoved
      ? 'The source changed since the last release.'
      : 'What it is bound to in the target changed.';
    return { change: 'modified', why };
  }
  return sourceMoved
    ? { change: 'conflict', why: 'Both the source and the target changed since the last release.' }
    : { change: 'target_hotfix', why: 'The target was changed since the last release; the source was not.' };
}

/** Switching it on or off is no edit: that is decided in the target. */
const isAlreadySo = (target: Target, desired: Target): boolean =>
  !target.archived &&
  target.logic === desired.logic &&
  target.settings === desired.settings &&
  (target.publishedLogic === null || target.publishedLogic === desired.logic);

function isAsReleased(now: Target, released: Target): boolean {
  const { active, publishedLogic } = now;
  const expected = released.active && active ? released.publishedLogic : publishedLogic;
  return sameTarget({ ...released, active, publishedLogic: expected }, now);
}

/** Gone from the source: it goes from the target too, unless somebody worked on it there, or nothing tells whether. */
function compareGone(target: Target | null, baseline: ThreeSides['baseline'], approved: SourcePrint | null): Compared {
  if (!target || target.archived) return { change: 'unchanged', why: 'It is gone from both sides.' };
  if (baseline ? isAsReleased(target, baseline.target) : approved && sameSource(approved, target)) {
    return { change: 'deleted', why: 'It is gone from the source.' };
  }
  const why = baseline
    ? 'It is gone from the source, and was changed in the target since its release.'
    : 'It is gone from the source, and what the target has was neither released nor approved so.';
  return { change: 'conflict', why };
}

/** Without a release to look back to, what was approved for the target counts as its ancestor. */
function compareUnreleased(target: Target, approved: SourcePrint | null): Compared {
  if (approved && sameSource(approved, target)) {
    return { change: 'modified', why: 'It differs from what is approved in the target, which nobody has edited.' };
  }
  // A rollback of its first release leaves it so, and what it needs with it.
  if (target.archived && !approved) {
    return { change: 'added', why: 'It lies in the archive of the target, where nothing of it is approved.' };
  }
  return { change: 'conflict', why: 'Both sides have it, they differ, and no release tells which of them is newer.' };
}
