import type { ReactNode } from 'react';
import { PlainPage } from '@/components/shell/plain-page';

/** The pages before anybody is known. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return <PlainPage>{children}</PlainPage>;
}
