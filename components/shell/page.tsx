import type { ReactNode } from 'react';
import type { Tier } from '../patterns/tier-mark';
import type { Crumb } from './breadcrumbs';
import { TopBar } from './top-bar';

type PageProps = {
  crumbs: readonly Crumb[];
  /** The tier of the environment the page is about, when it is about one. */
  tier?: Tier;
  children: ReactNode;
};

/** One page inside `AppShell`: its top bar and its content. Use it in `loading.tsx` too, with the same crumbs. */
export function Page({ crumbs, tier, children }: PageProps) {
  return (
    <>
      <TopBar crumbs={crumbs} tier={tier} />
      <main id="main" tabIndex={-1} className="max-w-360 px-8 pt-6 pb-16 max-md:px-4 max-md:pt-4">
        {children}
      </main>
    </>
  );
}

type PageHeadProps = {
  title: ReactNode;
  /** One line of facts under the title. */
  lede?: ReactNode;
  /** Buttons; at most one of them primary. */
  actions?: ReactNode;
};

/** Title, a line of facts, and what can be done here. */
export function PageHead({ title, lede, actions }: PageHeadProps) {
  return (
    <div className="flex items-start gap-6 max-md:flex-col max-md:gap-3">
      <div className="min-w-0 flex-1">
        <h1 className="flex flex-wrap items-center gap-2.5 text-20 font-semibold">{title}</h1>
        {lede && <div className="mt-1 max-w-[76ch] text-ink-2">{lede}</div>}
      </div>
      {actions && <div className="flex flex-none flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
