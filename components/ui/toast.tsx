'use client';

import { useSyncExternalStore } from 'react';
import type { StatusKind } from './glyph';
import { onDemand } from './on-demand';

export type Toast = {
  id: number;
  kind: StatusKind;
  title: string;
  detail?: string;
  action?: { label: string; run(): void };
};

const ToastSurface = onDemand(() => import('./toast-surface'));
const NONE: readonly Toast[] = [];
const KEPT = 4;

let toasts = NONE;
let count = 0;
const listeners = new Set<() => void>();

function replace(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says that something happened, briefly; what must stay visible belongs on the page. Returns its id. */
export function toast(message: Omit<Toast, 'id'>): number {
  count += 1;
  replace([...toasts, { ...message, id: count }].slice(-KEPT));
  return count;
}

/** Takes a toast away, for example when what it announced is over. */
export function dismissToast(id: number): void {
  replace(toasts.filter((other) => other.id !== id));
}

/** Where toasts appear. Once per page; its weight arrives with the first toast. */
export function ToastHost() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
    () => NONE,
  );
  if (count === 0) return null;
  return <ToastSurface toasts={shown} onDismiss={dismissToast} />;
}
