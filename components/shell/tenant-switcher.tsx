'use client';

import { ChevronsUpDown } from 'lucide-react';
import { DropdownMenu, type MenuItem } from '../ui/dropdown-menu';
import { Icon } from '../ui/icon';

const TRIGGER =
  'flex h-9 w-full items-center gap-2 rounded-2 px-2 text-left font-medium -outline-offset-2 transition-tint hover:bg-surface-2 focus-visible:rounded-2';

type TenantSwitcherProps = {
  current: string;
  /** The other organisations one belongs to. */
  others: readonly { name: string; href: string }[];
  /** What stands below them, such as founding another one. */
  more?: readonly MenuItem[];
};

/** Which organisation everything on the page is about. With nowhere to switch to it is only its name. */
export function TenantSwitcher({ current, others, more = [] }: TenantSwitcherProps) {
  if (others.length === 0 && more.length === 0) {
    return <p className="flex h-9 items-center truncate px-2 font-medium">{current}</p>;
  }
  const items: MenuItem[] = [
    { kind: 'heading', label: `Now in ${current}` },
    ...others.map(({ name, href }): MenuItem => ({ kind: 'link', label: name, href })),
    ...(others.length > 0 && more.length > 0 ? [{ kind: 'line' } as const] : []),
    ...more,
  ];
  return (
    <DropdownMenu
      items={items}
      trigger={
        <button type="button" className={TRIGGER}>
          <span className="truncate">{current}</span>
          <Icon of={ChevronsUpDown} className="ml-auto text-ink-3" />
        </button>
      }
    />
  );
}
