'use client';

import { Avatar } from '../ui/avatar';
import { DropdownMenu, type MenuItem } from '../ui/dropdown-menu';

const TRIGGER =
  '-mx-2 flex min-h-9 w-[calc(100%+16px)] items-center gap-2 rounded-2 px-2 text-left -outline-offset-2 transition-tint hover:bg-surface-2 focus-visible:rounded-2';

/** Who is signed in and as what; behind it the profile and the way out. */
export function AccountMenu({ name, roleName, items }: { name: string; roleName: string; items: readonly MenuItem[] }) {
  return (
    <DropdownMenu
      items={items}
      trigger={
        <button type="button" className={TRIGGER}>
          <Avatar name={name} />
          <span aria-hidden="true" className="truncate">
            {name}, {roleName}
          </span>
          <span className="sr-only">, {roleName}</span>
        </button>
      }
    />
  );
}
