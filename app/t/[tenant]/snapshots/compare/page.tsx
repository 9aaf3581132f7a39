import type { Metadata } from 'next';
import { CompareMomentsPage } from '@/components/snapshots/compare-moments-page';

export const metadata: Metadata = { title: 'Compare moments' };

export default function ComparePage() {
  return <CompareMomentsPage />;
}
