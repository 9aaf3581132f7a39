'use client';

import { useId } from 'react';
import { Button } from './button';

type PaginationProps = {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  /** What is counted: "workflows". */
  noun: string;
  onPageChange(page: number): void;
};

const grouped = new Intl.NumberFormat('en', { useGrouping: true });

/** Where one is in a list and the way to the next page. Says the total even when there is one page. */
export function Pagination({ page, pageSize, total, noun, onPageChange }: PaginationProps) {
  const id = useId();
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const last = Math.min(total, page * pageSize);
  return (
    <nav
      aria-label={`Pages of ${noun}`}
      className="flex flex-wrap items-center gap-2 py-3 text-12 tabular-nums text-ink-2"
    >
      <span aria-live="polite">
        {grouped.format(first)} – {grouped.format(last)} of {grouped.format(total)} {noun}
      </span>
      {pages > 1 && (
        <>
          <Button size="sm" whyId={page <= 1 ? `${id}-first` : undefined} onClick={() => onPageChange(page - 1)}>
            Previous
          </Button>
          <Button size="sm" whyId={page >= pages ? `${id}-last` : undefined} onClick={() => onPageChange(page + 1)}>
            Next
          </Button>
          <span className="sr-only">
            <span id={`${id}-first`}>This is the first page.</span>
            <span id={`${id}-last`}>This is the last page.</span>
          </span>
        </>
      )}
    </nav>
  );
}
