import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon';

/** Why a control can't be used: which rule, who can, when it opens. `id` goes to the control's `aria-describedby`. */
export function Why({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <span id={id} className="flex items-start gap-1.5 text-12 text-ink-2">
      <Icon of={Lock} className="mt-px size-3.5 text-ink-3" />
      <span>{children}</span>
    </span>
  );
}
