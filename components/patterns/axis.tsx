import type { ReactNode } from 'react';
import type { StatusKind } from '../ui/glyph';
import { Status } from '../ui/status';

type AxisProps = {
  kind: StatusKind;
  word: string;
  /** When it was found out, or what it is about. Required: a fact without its age is a guess. */
  age: ReactNode;
};

/** One axis of an environment: its state, and right under it how old that knowledge is. */
export function Axis({ kind, word, age }: AxisProps) {
  return (
    <div className="max-md:flex max-md:flex-wrap max-md:items-baseline max-md:gap-x-2">
      <Status kind={kind} word={word} className={kind === 'ok' ? 'text-ink-1' : undefined} />
      <span className="block pl-5 text-12 text-ink-3 max-md:pl-0">{age}</span>
    </div>
  );
}
