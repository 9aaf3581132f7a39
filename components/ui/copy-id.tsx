'use client';

import { useEffect, useState } from 'react';
import { cx } from './class-names';

/** Keeps both ends of a long id or digest: `c4d019…7b`. */
function shorten(id: string): string {
  return id.length > 14 ? `${id.slice(0, 9)}…${id.slice(-2)}` : id;
}

/** An id in mono that copies itself whole. `noun` says what it is ("request id"). */
export function CopyId({ id, noun, full = false }: { id: string; noun: string; full?: boolean }) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <span className="inline-flex items-baseline">
      <button
        type="button"
        title={`Copy ${noun} ${id}`}
        aria-label={`Copy ${noun} ${id}`}
        onClick={() => navigator.clipboard?.writeText(id).then(() => setCopied(true))}
        className={cx(
          'relative border-b border-dotted border-line-control font-mono text-12 text-ink-2',
          'before:absolute before:-inset-1 hover:text-ink-1',
        )}
      >
        {full ? id : shorten(id)}
      </button>
      <span role="status" className="text-12 text-ok">
        {copied && <span className="ml-1.5">copied</span>}
      </span>
    </span>
  );
}
