'use client';

import './style-nonce';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { buttonStyle } from './button-style';
import { cx } from './class-names';
import type { DialogProps } from './dialog';
import { Icon } from './icon';

type DialogSurfaceProps = DialogProps & { onCloseAutoFocus(event: Event): void };

/** The visible part of a dialog. The cross stands last, so that the first field or button has the focus. */
export default function DialogSurface(props: DialogSurfaceProps) {
  const { open, onOpenChange, onCloseAutoFocus, title, description, footer, width, children } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-20 bg-scrim" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onCloseAutoFocus={onCloseAutoFocus}
          className={cx(
            'fixed top-1/2 left-1/2 z-20 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-1/2 overflow-y-auto rounded-3 border border-line bg-surface-1 p-5 shadow-modal',
            width === 'wide' ? 'max-w-200' : 'max-w-130',
          )}
        >
          <Radix.Title className="pr-7 text-16 font-semibold">{title}</Radix.Title>
          {description && <Radix.Description className="mt-2 text-ink-2">{description}</Radix.Description>}
          {children && <div className="mt-3">{children}</div>}
          {footer && <div className="mt-4 flex flex-wrap items-center justify-end gap-2">{footer}</div>}
          <Radix.Close aria-label="Close" className={cx(buttonStyle('ghost', 'icon-sm'), 'absolute top-4 right-3.5')}>
            <Icon of={X} />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
