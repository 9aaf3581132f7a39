import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { KitShell } from './kit-shell';

export const metadata: Metadata = { title: 'Kit' };

export default function KitLayout({ children }: { children: ReactNode }) {
  return <KitShell>{children}</KitShell>;
}
