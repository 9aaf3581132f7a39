'use client';

import { Copy } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from './button';
import { Icon } from './icon';
import { onDemand } from './on-demand';
import { SkeletonLines } from './skeleton';
import { toast } from './toast';

const JsonEditor = onDemand(
  () => import('./json-editor'),
  () => <SkeletonLines lines={12} label="Loading the viewer" />,
);

/** Any JSON, read-only: folding and copy. The viewer arrives when it is first shown. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const text = useMemo(() => JSON.stringify(value, null, 2) ?? 'null', [value]);
  const copy = () =>
    navigator.clipboard?.writeText(text).then(() => toast({ kind: 'ok', title: 'Copied', detail: label }));
  return (
    <div className="relative">
      <div className="absolute top-2 right-4 z-1">
        <Button size="sm" onClick={copy}>
          <Icon of={Copy} className="size-3.5" />
          Copy as JSON
        </Button>
      </div>
      <div className="h-120 max-h-[80vh] overflow-hidden rounded-2 border border-line">
        <JsonEditor text={text} label={label} />
      </div>
    </div>
  );
}
