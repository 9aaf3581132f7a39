'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useViewer } from '../../ui/viewer';

const HEIGHT = { 1: { comfortable: 37, compact: 29 }, 2: { comfortable: 57, compact: 57 } } as const;

type VirtualRowsProps = {
  count: number;
  lines: 1 | 2;
  columns: number;
  /** Receives the function that brings a row into the page before it is focused. */
  reveal: RefObject<((index: number) => void) | null>;
  renderRow(index: number, measure: (row: HTMLTableRowElement | null) => void): ReactNode;
};

/** The rows in sight and a few around them; two spacers hold the place of the others. Scrolls with the page. */
export default function VirtualRows({ count, lines, columns, reveal, renderRow }: VirtualRowsProps) {
  const { density } = useViewer();
  const body = useRef<HTMLTableSectionElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(body.current ? body.current.getBoundingClientRect().top + window.scrollY : 0), []);

  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => HEIGHT[lines][density],
    overscan: 12,
    scrollMargin: offset,
    scrollPaddingStart: 96,
  });
  useLayoutEffect(() => {
    reveal.current = (index) => virtual.scrollToIndex(index, { align: 'auto' });
    return () => {
      reveal.current = null;
    };
  }, [reveal, virtual]);

  const items = virtual.getVirtualItems();
  const before = (items[0]?.start ?? offset) - offset;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? offset) - offset);
  return (
    <tbody ref={body} className="max-md:block">
      <Spacer height={before} columns={columns} />
      {items.map((item) => renderRow(item.index, virtual.measureElement))}
      <Spacer height={after} columns={columns} />
    </tbody>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a spacer holds nothing to focus.
    <tr aria-hidden="true" className="max-md:block">
      <td colSpan={columns} style={{ height }} className="p-0 max-md:block" />
    </tr>
  );
}
