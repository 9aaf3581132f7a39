import { useState } from 'react';

/** True from the first time `open` was true: when the weight of an overlay has to be there. */
export function useFirstOpen(open: boolean): boolean {
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  return opened;
}
