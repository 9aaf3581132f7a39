'use client';

import {
  Activity,
  ArrowUpFromLine,
  Building2,
  Camera,
  ChevronsUpDown,
  Grid3x3,
  Home,
  KeyRound,
  KeySquare,
  Link2,
  type LucideIcon,
  Play,
  Plus,
  Rocket,
  Route,
  ScanSearch,
  ScrollText,
  Server,
  ShieldCheck,
  TriangleAlert,
  Users,
  Workflow,
} from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useEnvironments } from '@/components/environments/queries';
import { useIncidentStats } from '@/components/incidents/queries';
import { useAwaitingApproval } from '@/components/promotions/queries';
import { Avatar } from '@/components/ui/avatar';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { Icon } from '@/components/ui/icon';
import type { TenantPermission } from '@/lib/core/permissions';
import { AppShell } from './app-shell';
import type { Command } from './commands';
import type { NavigationItem, NavigationSection } from './navigation';
import { useTenant } from './tenant';

type Place = {
  path: string;
  label: string;
  icon: LucideIcon;
  keys?: string;
  needs?: TenantPermission;
  /** What waits there. */
  counts?: keyof Counts;
  /** What waits is something wrong. */
  urgent?: true;
};
type Counts = ReturnType<typeof useCounts>;

const WORK: Place[] = [
  { path: '', label: 'Home', icon: Home, keys: 'g h' },
  { path: '/matrix', label: 'Matrix', icon: Grid3x3, keys: 'g m' },
  { path: '/workflows', label: 'Workflows', icon: Workflow, keys: 'g w' },
  { path: '/pipelines', label: 'Pipelines', icon: Route, keys: 'g l' },
  { path: '/promotions', label: 'Promotions', icon: ArrowUpFromLine, keys: 'g p', counts: 'awaitingApproval' },
  { path: '/deployments', label: 'Deployments', icon: Rocket, keys: 'g d' },
  { path: '/incidents', label: 'Incidents', icon: TriangleAlert, keys: 'g i', counts: 'openIncidents', urgent: true },
  { path: '/snapshots', label: 'Snapshots', icon: Camera, keys: 'g s' },
  { path: '/bindings', label: 'Bindings', icon: Link2, keys: 'g b' },
  { path: '/executions', label: 'Executions', icon: Play, keys: 'g x' },
  { path: '/credentials', label: 'Credentials', icon: KeyRound, keys: 'g c' },
  { path: '/activity', label: 'Activity', icon: Activity, keys: 'g a' },
];
const WORKSPACE: Place[] = [
  { path: '/environments', label: 'Environments', icon: Server, keys: 'g e' },
  { path: '/policies', label: 'Policies', icon: ShieldCheck, keys: 'g y' },
  { path: '/team', label: 'Team', icon: Users, keys: 'g t' },
  { path: '/api-keys', label: 'API keys', icon: KeySquare, keys: 'g k', needs: 'api-key:read' },
  { path: '/audit', label: 'Audit', icon: ScrollText, keys: 'g u', needs: 'audit:read' },
  { path: '/organisation', label: 'Organisation', icon: Building2, keys: 'g o' },
];

/** Parts of places, for the palette alone. */
const PARTS: Place[] = [
  { path: '/incidents/approvals', label: 'Drift approvals', icon: TriangleAlert },
  { path: '/incidents/checks', label: 'Drift checks', icon: ScanSearch },
  { path: '/incidents/compliance', label: 'Drift compliance', icon: TriangleAlert },
];

/** What can be begun from anywhere. */
const VERBS: Place[] = [
  { path: '/promotions/new', label: 'Promote…', icon: ArrowUpFromLine, needs: 'promotion:write' },
  { path: '/pipelines/new', label: 'Add a pipeline', icon: Plus, needs: 'pipeline:write' },
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
  const counts = useCounts();
  const toItem = ({ path, label, icon, keys, counts: waiting, urgent }: Place): NavigationItem => ({
    href: `${base}${path}`,
    label,
    icon: <Icon of={icon} />,
    keys,
    count: (waiting && counts[waiting]) || undefined,
    urgent,
  });
  const sections: NavigationSection[] = [
    { items: allowed(WORK).map(toItem) },
    { title: 'Workspace', items: allowed(WORKSPACE).map(toItem) },
  ];
  const commands: Command[] = [
    ...allowed(VERBS).map((verb) => toCommand(toItem(verb), 'Do' as const)),
    ...sections.flatMap(({ items }) => items.map(({ icon, ...item }) => toCommand({ ...item, icon }, 'Go' as const))),
    ...PARTS.map((part) => toCommand(toItem(part), 'Go' as const)),
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

/** Nothing where nothing waits, or while it is not known. */
const useCounts = () => ({ awaitingApproval: useAwaitingApproval(), openIncidents: useIncidentStats()?.open });

type Target = { href: string; label: string; icon?: ReactNode; keys?: string };

const toCommand = ({ href, label, icon, keys }: Target, group: Command['group']): Command => ({
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
