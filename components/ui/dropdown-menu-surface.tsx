'use client';

import './style-nonce';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu as Radix } from 'radix-ui';
import { cx } from './class-names';
import type { DropdownMenuProps, MenuItem } from './dropdown-menu';
import { Icon } from './icon';

const ITEM =
  'flex min-h-7 w-full items-center gap-2 rounded-2 px-2 text-left outline-none data-highlighted:bg-accent-soft max-md:min-h-9';

/** The visible part of a menu; opens as soon as it is there, since someone asked for it. */
export default function DropdownMenuSurface({ trigger, items, align = 'start' }: DropdownMenuProps) {
  return (
    <Radix.Root defaultOpen modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-30 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-3 border border-line bg-surface-1 p-1 shadow-pop"
        >
          {items.map((item, index) => (
            <Entry key={'label' in item ? `${item.kind} ${item.label}` : index} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Entry({ item }: { item: MenuItem }) {
  switch (item.kind) {
    case 'line':
      return <Radix.Separator className="my-1 h-px bg-line" />;
    case 'heading':
      return <Radix.Label className="px-2 pt-2 pb-1 text-12 text-ink-3">{item.label}</Radix.Label>;
    case 'choice':
      return (
        <Radix.CheckboxItem checked={item.checked} onCheckedChange={item.onSelect} className={ITEM}>
          <span className="flex size-4">
            <Radix.ItemIndicator>
              <Icon of={Check} />
            </Radix.ItemIndicator>
          </span>
          <Words label={item.label} detail={item.detail} />
        </Radix.CheckboxItem>
      );
    case 'link':
      return (
        <Radix.Item asChild className={ITEM}>
          <Link href={item.href}>
            {item.icon}
            <Words label={item.label} detail={item.detail} />
          </Link>
        </Radix.Item>
      );
    default:
      return (
        <Radix.Item
          onSelect={(event) => (item.why ? event.preventDefault() : item.onSelect())}
          aria-disabled={item.why ? true : undefined}
          className={cx(
            ITEM,
            item.why ? 'cursor-not-allowed text-ink-3' : 'cursor-pointer',
            item.danger && !item.why && 'text-bad',
          )}
        >
          {item.icon}
          <Words label={item.label} detail={item.why ?? item.detail} />
        </Radix.Item>
      );
  }
}

function Words({ label, detail }: { label: string; detail?: string }) {
  return (
    <span className="min-w-0 py-1">
      {label}
      {detail && <span className="block text-12 text-ink-3">{detail}</span>}
    </span>
  );
}
