'use client';

import type { ReactNode } from 'react';
import { Glyph } from '@/components/ui/glyph';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';
import { type Closed, type MissingItem, missingOf } from './missing';
import { ProblemRemedy } from './problem-remedy';
import { countOf, PROMOTION_WORDS } from './promotion-words';

const SHOWN = 8;

type MissingBoxProps = {
  promotion: Promotion;
  closed: Closed | null | undefined;
  /** The button that applies it, and what went wrong with it. */
  children: ReactNode;
};

/** Exactly what is missing before it may be applied, each with who can do it and the way to it; then the button. */
export function MissingBox({ promotion, closed, children }: MissingBoxProps) {
  const { blocking, toKnow, done } = missingOf(promotion, closed);
  const { status, scheduledAt, deploymentId } = promotion;
  return (
    <aside
      aria-label="What is missing"
      className="sticky top-32 mt-8 rounded-3 border border-line-2 max-xl:static max-xl:row-start-1"
    >
      <header className="border-b border-line px-4 py-3">
        {deploymentId || done.length === 0 ? (
          <Status {...PROMOTION_WORDS[status]} />
        ) : (
          <>
            <b>
              {blocking.length === 0
                ? 'Nothing is missing'
                : `${countOf(blocking.length, 'thing is', 'things are')} missing`}
            </b>
            <p className="mt-0.5 text-12 text-ink-2">
              {scheduledAt ? <Time at={scheduledAt} prefix="Starts by itself" /> : 'Order doesn’t matter.'} All is
              checked again when it starts.
            </p>
          </>
        )}
      </header>
      <ul>
        {[...blocking, ...toKnow].slice(0, SHOWN).map((item) => (
          <Line key={item.id} promotion={promotion} item={item} />
        ))}
        {blocking.length + toKnow.length > SHOWN && (
          <li className="border-b border-line px-4 py-2">
            <a className="link" href="#readiness">
              {blocking.length + toKnow.length - SHOWN} more under Readiness
            </a>
          </li>
        )}
        {done.map((what) => (
          <li key={what} className="flex items-start gap-2 px-4 py-1.5 first:pt-3 last:pb-3">
            <Glyph kind="ok" className="mt-0.75" />
            {what}
          </li>
        ))}
      </ul>
      {children && <footer className="grid gap-2 border-t border-line bg-surface-0 px-4 py-3">{children}</footer>}
    </aside>
  );
}

function Line({ promotion, item }: { promotion: Promotion; item: MissingItem }) {
  const { kind, title, says, problem } = item;
  return (
    <li className="flex gap-2 border-b border-line px-4 py-2.5">
      <Glyph kind={kind} className="mt-0.75" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="line-clamp-4">{title}</p>
        <p className="text-12 text-ink-2">
          {problem?.severity === 'warning' && 'Doesn’t block. '}
          {says}
        </p>
        {problem?.severity === 'blocking' && (
          <div className="mt-1">
            <ProblemRemedy promotion={promotion} problem={problem} />
          </div>
        )}
      </div>
    </li>
  );
}
