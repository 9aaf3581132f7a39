'use client';

import { Box, House, Play, ScrollText, Users, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { TierMark } from '@/components/patterns/tier-mark';
import { AccountMenu } from '@/components/shell/account-menu';
import { AppShell } from '@/components/shell/app-shell';
import type { Command } from '@/components/shell/commands';
import { LiveStateProvider } from '@/components/shell/live-state';
import type { NavigationSection } from '@/components/shell/navigation';
import { TenantSwitcher } from '@/components/shell/tenant-switcher';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import { ENVIRONMENTS } from './sample';

const SECTIONS: readonly NavigationSection[] = [
  {
    items: [
      { href: '/kit?page=home', label: 'Home', icon: <Icon of={House} />, keys: 'g h' },
      { href: '/kit', label: 'Kit', icon: <Icon of={Box} />, keys: 'g k' },
      { href: '/kit/workflow', label: 'Workflow', icon: <Icon of={Workflow} />, count: 214, keys: 'g w' },
      { href: '/kit?page=executions', label: 'Executions', icon: <Icon of={Play} />, count: 1, urgent: true },
    ],
  },
  {
    title: 'Workspace',
    items: [
      { href: '/kit?page=team', label: 'Team', icon: <Icon of={Users} /> },
      { href: '/kit?page=audit', label: 'Audit', icon: <Icon of={ScrollText} /> },
    ],
  },
];

const COMMANDS: readonly Command[] = [
  {
    id: 'kit.note',
    label: 'Show a toast',
    group: 'Do',
    icon: <Icon of={Play} />,
    run: () => toast({ kind: 'ok', title: 'Note added', detail: 'Incident 87' }),
  },
  {
    id: 'kit.refund-guard',
    label: 'Refund guard',
    detail: 'v18',
    group: 'Open',
    icon: <Icon of={Workflow} />,
    mark: <TierMark tier="staging" />,
    href: '/kit?workflow=refund-guard',
  },
  { id: 'kit.home', label: 'Home', group: 'Go', icon: <Icon of={House} />, href: '/kit?page=home', keys: 'g h' },
];

/** The shell around invented content. */
export function KitShell({ children }: { children: ReactNode }) {
  return (
    <LiveStateProvider state="live">
      <AppShell
        sections={SECTIONS}
        environments={ENVIRONMENTS}
        homeHref="/kit"
        commands={COMMANDS}
        tenant={
          <TenantSwitcher current="Nordhaus Retail" others={[{ name: 'Sample Works', href: '/kit?tenant=sample' }]} />
        }
        foot={
          <AccountMenu
            name="Ada Jensen"
            roleName="developer"
            items={[{ kind: 'link', label: 'Profile', href: '/kit?page=profile' }]}
          />
        }
      >
        {children}
      </AppShell>
    </LiveStateProvider>
  );
}
