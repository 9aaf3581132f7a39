import type { Metadata } from 'next';
import { Home } from '@/components/home/home';
import { Page } from '@/components/shell/page';

export const metadata: Metadata = { title: 'Home' };

export default function HomePage() {
  return (
    <Page crumbs={[{ label: 'Home' }]}>
      <Home />
    </Page>
  );
}
