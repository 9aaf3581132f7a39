'use client';

import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';

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

const load = () => import('./dropdown-menu-surface');
const DropdownMenuSurface = lazy(load);

/** Actions or choices behind one button. Its weight is fetched when the button is touched or focused. */
export function DropdownMenu(props: DropdownMenuProps) {
  const [armed, setArmed] = useState(false);
  const resting = cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setArmed(true),
    onPointerEnter: load,
    onFocus: load,
  });
  if (!armed) return resting;
  return (
    <Suspense fallback={resting}>
      <DropdownMenuSurface {...props} />
    </Suspense>
  );
}
