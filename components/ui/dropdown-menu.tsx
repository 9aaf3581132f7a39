'use client';

import { cloneElement, type ReactElement, type ReactNode, useState } from 'react';
import { onDemand } from './on-demand';

export type MenuItem =
  | {
      kind?: 'action';
      label: string;
      icon?: ReactNode;
      detail?: string;
      onSelect(): void;
      danger?: boolean;
      why?: string;
    }
  | { kind: 'link'; label: string; icon?: ReactNode; detail?: string; href: string }
  | { kind: 'choice'; label: string; detail?: string; checked: boolean; onSelect(): void }
  | { kind: 'heading'; label: string }
  | { kind: 'line' };

type TriggerProps = {
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
};

export type DropdownMenuProps = {
  /** A `Button`, `Chip` or `button`: it gets the handlers. */
  trigger: ReactElement<TriggerProps>;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
};

const CLOSED = { 'aria-haspopup': 'menu', 'aria-expanded': false } as const;
const DropdownMenuSurface = onDemand<DropdownMenuProps>(
  () => import('./dropdown-menu-surface'),
  ({ trigger }) => cloneElement(trigger, CLOSED),
);

/** Actions or choices behind one button. Its weight is fetched when the button is touched or focused. */
export function DropdownMenu(props: DropdownMenuProps) {
  const [armed, setArmed] = useState(false);
  if (armed) return <DropdownMenuSurface {...props} />;
  const { preload } = DropdownMenuSurface;
  return cloneElement(props.trigger, {
    ...CLOSED,
    onClick: () => setArmed(true),
    onPointerEnter: preload,
    onFocus: preload,
  });
}
