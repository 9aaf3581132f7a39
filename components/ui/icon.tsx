import type { LucideIcon } from 'lucide-react';
import { cx } from './class-names';

/** A lucide icon at the size and stroke of the product. Decoration: name the control around it. */
export function Icon({ of: Shape, className }: { of: LucideIcon; className?: string }) {
  return (
    <Shape
      aria-hidden="true"
      size={16}
      strokeWidth={1.5}
      absoluteStrokeWidth
      className={cx('size-4 flex-none', className)}
    />
  );
}
