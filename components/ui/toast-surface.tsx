'use client';

import { X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { buttonStyle } from './button-style';
import { Glyph } from './glyph';
import { Icon } from './icon';
import type { Toast } from './toast';

type Dismiss = (id: number) => void;

const SHORT_MS = 6000;

/** The visible part of toasts. Failures stay until they are closed; the rest waits while it is hovered or focused. */
export default function ToastSurface({ toasts, onDismiss }: { toasts: readonly Toast[]; onDismiss: Dismiss }) {
  return (
    <Radix.Provider duration={SHORT_MS} label="Message" swipeDirection="right">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} {...toast} onDismiss={onDismiss} />
      ))}
      <Radix.Viewport
        label="Messages ({hotkey})"
        className="fixed right-4 bottom-4 z-40 flex w-90 max-w-[calc(100vw-2rem)] flex-col gap-2"
      />
    </Radix.Provider>
  );
}

function ToastCard({ id, kind, title, detail, action, onDismiss }: Toast & { onDismiss: Dismiss }) {
  const lasting = kind === 'bad' || kind === 'run';
  return (
    <Radix.Root
      type={kind === 'bad' ? 'foreground' : 'background'}
      duration={lasting ? Number.POSITIVE_INFINITY : SHORT_MS}
      onOpenChange={(open) => !open && onDismiss(id)}
      className="grid grid-cols-[14px_minmax(0,1fr)_auto] gap-2.5 rounded-3 border border-line bg-surface-1 px-3 py-2.5 shadow-pop data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x)"
    >
      <Glyph kind={kind} className="mt-0.75" />
      <div>
        <Radix.Title className="font-medium">{title}</Radix.Title>
        {detail && <Radix.Description className="text-12 text-ink-2">{detail}</Radix.Description>}
      </div>
      <div className="flex items-start gap-0.5">
        {action && (
          <Radix.Action altText={action.label} onClick={action.run} className={buttonStyle('ghost', 'sm')}>
            {action.label}
          </Radix.Action>
        )}
        <Radix.Close aria-label="Close" className={buttonStyle('ghost', 'icon-sm')}>
          <Icon of={X} className="size-3.5" />
        </Radix.Close>
      </div>
    </Radix.Root>
  );
}
