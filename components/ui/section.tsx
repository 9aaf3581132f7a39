import type { ReactNode } from 'react';
import { cx } from './class-names';

type SectionProps = {
  title: ReactNode;
  /** A count or a short remark right behind the title, in third ink. */
  note?: ReactNode;
  /** Links and small buttons at the far end. */
  actions?: ReactNode;
  level?: 2 | 3;
  className?: string;
  children: ReactNode;
};

/** A heading on a hairline and what belongs under it. Sections are never boxed. */
export function Section({ title, note, actions, level = 2, className, children }: SectionProps) {
  const Heading = `h${level}` as const;
  return (
    <section className={cx('mt-8 min-w-0', className)}>
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 border-b border-line pb-2">
        <Heading className="text-14 font-semibold tracking-[-0.006em]">{title}</Heading>
        {note && <span className="text-ink-3">{note}</span>}
        {actions && <div className="ml-auto flex min-w-0 items-center gap-2 text-12">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
