import type { ReactNode } from 'react';

/** Facts of one thing, name beside value. Falsy entries are left out, so a missing fact needs no branch. */
export function KeyValues({
  items,
}: {
  items: readonly (readonly [name: string, value: ReactNode] | false | null | undefined | '')[];
}) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {items.map(
        (item) =>
          item && (
            <div key={item[0]} className="contents">
              <dt className="text-ink-3">{item[0]}</dt>
              <dd className="min-w-0 wrap-anywhere">{item[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
