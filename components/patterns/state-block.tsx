import type { ReactNode } from 'react';

type StateBlockProps = {
  mark: ReactNode;
  title: ReactNode;
  children: ReactNode;
  /** Small buttons: the next step. */
  actions?: ReactNode;
};

/** The shape that empty, error and forbidden share: mark, one line, a short paragraph, the next step. */
export function StateBlock({ mark, title, children, actions }: StateBlockProps) {
  return (
    <div className="grid max-w-[52ch] justify-items-start gap-1.5 py-4">
      <span className="mb-0.5 text-ink-3">{mark}</span>
      <p className="font-medium">{title}</p>
      <div className="text-ink-2">{children}</div>
      {actions && <div className="mt-1.5 flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
