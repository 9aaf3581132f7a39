import { Page } from '@/components/shell/page';
import { SkeletonLines } from '@/components/ui/skeleton';

/** The frame at once, while the page is read. */
export default function Loading() {
  return (
    <Page crumbs={[]}>
      <SkeletonLines lines={10} label="the page" />
    </Page>
  );
}
