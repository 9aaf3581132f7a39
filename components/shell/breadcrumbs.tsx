import Link from 'next/link';

export type Crumb = { label: string; href?: string };

/** Where one is. The last crumb is the page itself; on a phone only the last two show. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-2 whitespace-nowrap text-ink-3">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          const early = index < crumbs.length - 2 ? 'max-md:hidden' : '';
          return (
            <li key={crumb.href ?? crumb.label} className={`flex min-w-0 items-center gap-2 ${last ? '' : early}`}>
              {index > 0 && <span aria-hidden="true">/</span>}
              {last || !crumb.href ? (
                <span aria-current={last ? 'page' : undefined} className="truncate font-medium text-ink-1">
                  {crumb.label}
                </span>
              ) : (
                <Link href={crumb.href} className="inline-flex h-6 min-w-6 items-center hover:text-ink-1">
                  <span className="truncate">{crumb.label}</span>
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
