import { requirementKey } from '@/lib/features/change/bindings/requirement';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { PlannedMember } from './plan-members';

/** A credential that nobody chose: it was the only one of its name and type. */
export type MatchedCredential = { requirement: string; value: { n8nId: string; name: string } };

type Ends = { sourceEnvironmentId: string; targetEnvironmentId: string };

/** What the plan found by itself, so that a verified release can keep it: a later renaming then changes nothing. */
export async function matchedCredentials(
  db: TenantDb,
  { sourceEnvironmentId, targetEnvironmentId }: Ends,
  planned: readonly PlannedMember[],
): Promise<MatchedCredential[]> {
  const bound = planned.flatMap(
    ({ resolution }) => resolution?.bound.filter(({ kind }) => kind === 'credential') ?? [],
  );
  const known = await db.credential.findMany({
    where: { environmentId: sourceEnvironmentId, n8nId: { in: bound.flatMap(({ from }) => from.id ?? []) } },
    select: { n8nId: true, name: true },
  });
  const names = new Map(known.map(({ n8nId, name }) => [n8nId, name]));
  const matched = bound.flatMap(({ from, to, credentialType: type }): MatchedCredential[] => {
    if (to === 'keep' || !to.id || !to.name) return [];
    const requirement = requirementKey('credential', {
      type,
      name: names.get(from.id ?? '') ?? from.name,
      n8nId: from.id,
    });
    return [{ requirement, value: { n8nId: to.id, name: to.name } }];
  });
  const distinct = new Map(matched.map((one) => [one.requirement, one]));
  const declared = await db.binding.findMany({
    where: { environmentId: targetEnvironmentId, kind: 'credential', requirement: { in: [...distinct.keys()] } },
    select: { requirement: true },
  });
  for (const { requirement } of declared) distinct.delete(requirement);
  return [...distinct.values()];
}
