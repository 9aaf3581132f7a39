'use client';

import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';

type TriggerProps = {
  'aria-haspopup'?: 'dialog';
  'aria-expanded'?: boolean;
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
};

export type PopoverProps = {
  /** A `Button`, `Chip` or `button`: it gets the handlers. */
  trigger: ReactElement<TriggerProps>;
  /** What it holds, for screen readers. */
  label: string;
  align?: 'start' | 'end';
  children: ReactNode;
};

const load = () => import('./popover-surface');
const PopoverSurface = lazy(load);

/** More about a thing, or a small form, beside the button that opens it. Fetched when the button is touched. */
export function Popover(props: PopoverProps) {
  const [armed, setArmed] = useState(false);
  const resting = cloneElement(props.trigger, {
    'aria-haspopup': 'dialog',
    'aria-expanded': false,
    onClick: () => setArmed(true),
    onPointerEnter: load,
    onFocus: load,
  });
  if (!armed) return resting;
  return (
    <Suspense fallback={resting}>
      <PopoverSurface {...props} />
    </Suspense>
  );
}
