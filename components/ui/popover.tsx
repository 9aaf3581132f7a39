'use client';

import { cloneElement, type ReactElement, type ReactNode, useState } from 'react';
import { onDemand } from './on-demand';

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

const CLOSED = { 'aria-haspopup': 'dialog', 'aria-expanded': false } as const;
const PopoverSurface = onDemand<PopoverProps>(
  () => import('./popover-surface'),
  ({ trigger }) => cloneElement(trigger, CLOSED),
);

/** More about a thing, or a small form, beside the button that opens it. Fetched when the button is touched. */
export function Popover(props: PopoverProps) {
  const [armed, setArmed] = useState(false);
  if (armed) return <PopoverSurface {...props} />;
  const { preload } = PopoverSurface;
  return cloneElement(props.trigger, {
    ...CLOSED,
    onClick: () => setArmed(true),
    onPointerEnter: preload,
    onFocus: preload,
  });
}
