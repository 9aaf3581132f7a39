'use client';

import {
  Activity,
  Building2,
  ChevronsUpDown,
  Home,
  KeyRound,
  KeySquare,
  type LucideIcon,
  Play,
  ScrollText,
  Server,
  Users,
  Workflow,
} from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useEnvironments } from '@/components/environments/queries';
import { Avatar } from '@/components/ui/avatar';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { Icon } from '@/components/ui/icon';
import type { TenantPermission } from '@/lib/core/permissions';
import { AppShell } from './app-shell';
import type { Command } from './commands';
import type { NavigationItem, NavigationSection } from './navigation';
import { useTenant } from './tenant';

type Place = { path: string; label: string; icon: LucideIcon; keys?: string; needs?: TenantPermission };

const WORK: Place[] = [
  { path: '', label: 'Home', icon: Home, keys: 'g h' },
  { path: '/workflows', label: 'Workflows', icon: Workflow, keys: 'g w' },
  { path: '/executions', label: 'Executions', icon: Play, keys: 'g x' },
  { path: '/credentials', label: 'Credentials', icon: KeyRound, keys: 'g c' },
  { path: '/activity', label: 'Activity', icon: Activity, keys: 'g a' },
];
const WORKSPACE: Place[] = [
  { path: '/environments', label: 'Environments', icon: Server, keys: 'g e' },
  { path: '/team', label: 'Team', icon: Users, keys: 'g t' },
  { path: '/api-keys', label: 'API keys', icon: KeySquare, keys: 'g k', needs: 'api-key:read' },
  { path: '/audit', label: 'Audit', icon: ScrollText, keys: 'g u', needs: 'audit:read' },
  { path: '/organisation', label: 'Organisation', icon: Building2, keys: 'g o' },
];

type WorkspaceProps = {
  person: { name: string; role: string };
  /** Every organisation the person belongs to. */
  tenants: { slug: string; name: string }[];
  /** Whether they may make another one. */
  mayFound: boolean;
  children: ReactNode;
};

/** The frame of every page of an organisation: its places, its environments, who is here. */
export function Workspace({ person, tenants, mayFound, children }: WorkspaceProps) {
  const tenant = useTenant();
  const { data } = useEnvironments();
  const base = `/t/${tenant.slug}`;
  const allowed = (places: Place[]) =>
    places.filter((place) => !place.needs || tenant.permissions.includes(place.needs));
  const environments = (data?.items ?? []).map((environment) => ({
    href: `${base}/environments/${environment.id}`,
    name: environment.name,
    tier: environment.class,
  }));
  const toItem = ({ path, label, icon, keys }: Place): NavigationItem => ({
    href: `${base}${path}`,
    label,
    icon: <Icon of={icon} />,
    keys,
  });
  const sections: NavigationSection[] = [
    { items: allowed(WORK).map(toItem) },
    { title: 'Workspace', items: allowed(WORKSPACE).map(toItem) },
  ];
  const commands: Command[] = [
    ...sections.flatMap(({ items }) => items.map(({ icon, ...item }) => toCommand({ ...item, icon }, 'Go' as const))),
    ...environments.map((item) => toCommand({ ...item, label: item.name }, 'Open' as const)),
  ];
  return (
    <AppShell
      homeHref={base}
      sections={sections}
      environments={environments}
      commands={commands}
      tenant={<TenantSwitcher tenants={tenants} mayFound={mayFound} current={tenant} />}
      foot={
        <Link href={`${base}/profile`} className="flex min-h-6 items-center gap-2 rounded-2 hover:text-ink-1">
          <Avatar name={person.name} /> {person.name}, {person.role}
        </Link>
      }
    >
      {children}
    </AppShell>
  );
}

type Target = { href: string; label: string; icon?: ReactNode; keys?: string };

const toCommand = ({ href, label, icon, keys }: Target, group: 'Go' | 'Open'): Command => ({
  id: href,
  label,
  group,
  href,
  icon,
  keys,
});

type TenantSwitcherProps = Pick<WorkspaceProps, 'tenants' | 'mayFound'> & { current: { slug: string; name: string } };

function TenantSwitcher({ tenants, mayFound, current }: TenantSwitcherProps) {
  const router = useRouter();
  return (
    <DropdownMenu
      trigger={
        <button
          type="button"
          className="flex h-9 w-full items-center gap-2 rounded-2 px-2 text-left font-medium text-ink-1 hover:bg-surface-2"
        >
          <span className="truncate">{current.name}</span>
          <Icon of={ChevronsUpDown} className="ml-auto text-ink-3" />
        </button>
      }
      items={[
        { kind: 'heading', label: 'Organisations' },
        ...tenants.map(({ slug, name }) => ({
          kind: 'choice' as const,
          label: name,
          checked: slug === current.slug,
          onSelect: () => router.push(`/t/${slug}`),
        })),
        ...(mayFound
          ? [{ kind: 'line' as const }, { kind: 'link' as const, label: 'New organisation', href: '/onboarding?new=1' }]
          : []),
      ]}
    />
  );
}
