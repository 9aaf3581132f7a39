'use client';

import { useEffect, useState } from 'react';

/** Keeps both ends of a long id or digest: `c4d019a77…7b`. */
function shorten(id: string): string {
  return id.length > 14 ? `${id.slice(0, 9)}…${id.slice(-2)}` : id;
}

/** An id in mono that copies itself whole. `noun` says what it is ("request id"). */
export function CopyId({ id, noun, full = false }: { id: string; noun: string; full?: boolean }) {
  const [copied, setCopied] = useState(false);
  const shown = full ? id : shorten(id);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <span className="inline-flex items-center">
      <button
        type="button"
        title={`Copy ${noun} ${id}`}
        aria-label={`${shown}, copy ${noun}`}
        onClick={() => navigator.clipboard?.writeText(id).then(() => setCopied(true))}
        className="inline-flex min-h-6 items-center text-left font-mono text-12 text-ink-2 hover:text-ink-1"
      >
        <span className="border-b border-dotted border-line-control">{shown}</span>
      </button>
      <span role="status" className="text-12 text-ok">
        {copied && <span className="ml-1.5">copied</span>}
      </span>
    </span>
  );
}
