import { Skeleton } from '../../ui/skeleton';

/** The place of a canvas that is on its way. */
export function CanvasSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the canvas"
      className="flex h-full items-center justify-center gap-16 bg-surface-0"
    >
      <Skeleton className="size-24!" />
      <Skeleton className="size-24!" />
      <Skeleton className="size-24!" />
    </div>
  );
}
