import { cx } from './class-names';

/** The place of a text that is on its way. Give it the width the text will have. */
export function Skeleton({ className, width }: { className?: string; width?: string }) {
  return (
    <span
      aria-hidden="true"
      style={width ? { width } : undefined}
      className={cx('block h-2.5 rounded-1 bg-surface-3 motion-safe:animate-pulse', className)}
    />
  );
}

/** `lines` texts under each other, for a paragraph, a list or a key-value block. */
export function SkeletonLines({ lines, label }: { lines: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="space-y-2.5 py-1.5">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
        <Skeleton key={line} width={`${88 - ((line * 23) % 46)}%`} />
      ))}
    </div>
  );
}
