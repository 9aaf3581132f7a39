'use client';

import type { ReactNode } from 'react';
import { onDemand } from './on-demand';
import { useFirstOpen } from './use-first-open';
import { useReturnFocus } from './use-return-focus';

const DialogSurface = onDemand(() => import('./dialog-surface'));

export type DialogProps = {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: ReactNode;
  /** One or two sentences under the title: what will happen, what is kept. */
  description?: ReactNode;
  /** Buttons at the end, the way out first. */
  footer?: ReactNode;
  /** `wide` for tables and code. */
  width?: 'normal' | 'wide';
  children?: ReactNode;
};

/** A question in the way of everything else. Loaded when first opened; focus stays inside and returns. */
export function Dialog(props: DialogProps) {
  const returnFocus = useReturnFocus(props.open);
  if (!useFirstOpen(props.open)) return null;
  return <DialogSurface {...props} onCloseAutoFocus={returnFocus} />;
}
