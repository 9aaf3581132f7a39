import { useSyncExternalStore } from 'react';

/** One timer for every ticking text on the page; it rests while nobody looks. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  if (document.hidden) return;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * Epoch milliseconds, renewed every `step` milliseconds and rounded up: an age is never said younger than it is. Hydration sees `renderedAt`, the server's clock at render,
 * so that both sides write the same text.
 */
export function useNow(renderedAt: number, step: number): number {
  return useSyncExternalStore(
    subscribe,
    () => Math.ceil(Date.now() / step) * step,
    () => renderedAt,
  );
}
