'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

type TabsProps<Value extends string> = {
  label: string;
  value: Value;
  onChange(value: Value): void;
  tabs: readonly { value: Value; label: string; count?: ReactNode; content: ReactNode }[];
};

/** Tabs inside a page whose choice is kept by the caller (in the URL). For parts with an own address: `TabLinks`. */
export function Tabs<Value extends string>({ label, value, onChange, tabs }: TabsProps<Value>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)}>
      <Radix.List aria-label={label} className="mt-4 flex gap-5 overflow-x-auto overflow-y-hidden border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="inline-flex h-9 items-center gap-1.5 whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink-1 data-[state=active]:font-medium data-[state=active]:text-ink-1 data-[state=active]:inset-shadow-[0_-2px_var(--accent)]"
          >
            {tab.label}
            {tab.count !== undefined && <span className="font-normal text-ink-3">{tab.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-4 outline-offset-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
