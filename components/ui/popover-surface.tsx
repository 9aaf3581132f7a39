'use client';

import './style-nonce';
import { Popover as Radix } from 'radix-ui';
import type { PopoverProps } from './popover';

/** The visible part of a popover; opens as soon as it is there, since someone asked for it. */
export default function PopoverSurface({ trigger, label, align = 'start', children }: PopoverProps) {
  return (
    <Radix.Root defaultOpen>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-30 w-105 max-w-[calc(100vw-1rem)] rounded-3 border border-line bg-surface-1 p-4 shadow-pop"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
