import { useLayoutEffect, useRef } from 'react';

/**
 * Remembers what had the focus when an overlay without a trigger of its own opened. Give the answer to Radix's
 * `onCloseAutoFocus`: focus goes back there, unless that element has left the page.
 */
export function useReturnFocus(open: boolean): (event: Event) => void {
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (open) before.current = document.activeElement;
  }, [open]);
  return (event) => {
    event.preventDefault();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
}
