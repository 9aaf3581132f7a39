'use client';

import { useNow } from '@/lib/client/clock';
import { zoneOf } from '@/lib/client/preferences';
import { type AbsoluteStyle, formatAbsolute, formatRelative, relativeStep } from '@/lib/client/time-format';
import { cx } from './class-names';
import { useViewer } from './viewer';

type TimeProps = {
  /** ISO 8601. */
  at: string;
  /** `relative` ticks; the others are in the viewer's zone. */
  show?: 'relative' | AbsoluteStyle;
  /** Words before it, such as `as of`. */
  prefix?: string;
  className?: string;
};

/** A moment: in the viewer's zone, or relative and ticking; UTC on hover. */
export function Time({ at, show = 'relative', prefix, className }: TimeProps) {
  const viewer = useViewer();
  const time = Date.parse(at);
  const step = show === 'relative' ? relativeStep(time, viewer.renderedAt) : 86_400_000;
  const now = useNow(viewer.renderedAt, step);
  const zone = zoneOf(viewer);
  const text =
    show === 'relative' ? formatRelative(time, now, zone) : formatAbsolute(time, zone, show, viewer.renderedAt);
  return (
    <time
      dateTime={at}
      title={`${formatAbsolute(time, 'UTC', 'full')} UTC`}
      className={cx('whitespace-nowrap', className)}
    >
      {prefix ? `${prefix} ${text}` : text}
    </time>
  );
}
