import type { ReactNode } from 'react';

type VerdictProps = {
  /** The finding, in one sentence with its full stop. */
  finding: string;
  /** What else is known, and what could not be checked. */
  children?: ReactNode;
};

/** A sentence before figures: what is known, and what isn't. */
export function Verdict({ finding, children }: VerdictProps) {
  return (
    <p className="max-w-[62ch] text-20 text-pretty text-ink-2 max-md:text-16">
      <b className="text-ink-1">{finding}</b> {children}
    </p>
  );
}
