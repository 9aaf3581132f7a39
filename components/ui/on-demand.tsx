'use client';

import { type ComponentType, useEffect, useState } from 'react';

/**
 * A part whose code arrives when it is first shown; `Skeleton` stands in its place until then. For what a click shows:
 * React holds back whatever suspended for 300 ms after its fallback, which `next/dynamic` can't avoid. In the browser only.
 */
export function onDemand<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  Skeleton: ComponentType,
): ComponentType<Props> {
  let Part: ComponentType<Props> | undefined;
  return function OnDemand(props: Props) {
    const [, setState] = useState<'waiting' | 'arrived'>('waiting');
    useEffect(() => {
      const arrive = ({ default: loaded }: { default: ComponentType<Props> }) => {
        Part = loaded;
        setState('arrived');
      };
      // Thrown while rendering, it reaches the page's error boundary.
      const fail = (error: unknown) =>
        setState(() => {
          throw error;
        });
      if (!Part) load().then(arrive, fail);
    }, []);
    return Part ? <Part {...props} /> : <Skeleton />;
  };
}
