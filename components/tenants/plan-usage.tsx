'use client';

import { useQuery } from '@tanstack/react-query';
import { useMe } from '@/components/account/queries';
import { useTenant } from '@/components/shell/tenant';
import { useTeamLimits } from '@/components/team/queries';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { Limit } from '@/lib/core/plans';
import { environmentLimits, useOrganisation } from './queries';

const LIMIT_WORDS: Record<Limit, string> = {
  environments: 'Environments',
  team_members: 'People, with open invitations',
  workflows: 'Workflows',
  workflows_per_environment: 'Workflows in one environment',
  snapshot_history: 'Snapshots kept for each workflow',
  log_retention_days: 'Days that logs are kept',
  agency_clients: 'Clients of an agency',
};

/** What the plan allows, how much of it is used where that is counted, and which features it has. */
export function PlanUsage() {
  const { slug } = useTenant();
  const plan = useOrganisation().data?.plan;
  const limits = useMe().data?.limits;
  const features = useMe().data?.features ?? [];
  const counted = useQuery(environmentLimits(slug)).data;
  const used: Partial<Record<Limit, number>> = {
    team_members: useTeamLimits().data?.current,
    environments: counted?.plan.used,
    workflows: counted?.workflows.used,
  };
  return (
    <Section title="Plan" note={plan}>
      {!limits && <SkeletonLines lines={7} label="the plan" />}
      {limits && (
        <table className="mt-3 w-full max-w-130 border-collapse tabular-nums">
          <caption className="sr-only">What the plan allows, and what is used</caption>
          <thead>
            <tr className="border-b border-line text-left text-12 text-ink-3">
              <th className="py-1.5 font-medium">Limit</th>
              <th className="py-1.5 pl-4 text-right font-medium">Used</th>
              <th className="py-1.5 pl-4 text-right font-medium">Allowed</th>
            </tr>
          </thead>
          <tbody>
            {(Object.keys(LIMIT_WORDS) as Limit[]).map((limit) => (
              <LimitRow key={limit} words={LIMIT_WORDS[limit]} used={used[limit]} allowed={limits[limit]} />
            ))}
          </tbody>
        </table>
      )}
      {features.length > 0 && (
        <details className="mt-3">
          <summary className="min-h-6 text-ink-2">{features.length} features</summary>
          <ul className="mt-2 flex flex-wrap gap-1">
            {features.map((feature) => (
              <li key={feature}>
                <Badge>{feature.replaceAll('_', ' ')}</Badge>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function LimitRow({ words, used, allowed }: { words: string; used?: number; allowed: number | null }) {
  const isFull = used !== undefined && allowed !== null && used >= allowed;
  return (
    <tr className="border-b border-line">
      <th scope="row" className="py-1.5 text-left font-normal">
        {words}
        {isFull && <span className="ml-2 text-12 font-medium text-warn">{used > allowed ? 'over' : 'full'}</span>}
      </th>
      <td className="py-1.5 pl-4 text-right">{used ?? <span className="text-ink-3">–</span>}</td>
      <td className="py-1.5 pl-4 text-right">{allowed ?? <span className="text-ink-3">unlimited</span>}</td>
    </tr>
  );
}
