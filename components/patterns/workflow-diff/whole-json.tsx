'use client';

import { useMemo } from 'react';
import { canonicalText } from '@/lib/workflow/canonical/document';
import type { Workflow } from '@/lib/workflow/model';
import { TextChanges } from './text-changes';

/** Both workflows in canonical form, line by line: what stays the same is folded. */
export function WholeJson({ before, after }: { before: Workflow; after: Workflow }) {
  const texts = useMemo(() => [canonicalText(before), canonicalText(after)] as const, [before, after]);
  return (
    <div className="mt-4">
      <TextChanges before={texts[0]} after={texts[1]} label={`Canonical JSON of ${after.name}`} />
    </div>
  );
}
