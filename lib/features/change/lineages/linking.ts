import type { LinkMethod } from './model';
import { telling } from './similarity';

/** A workflow as automatic linking sees it. Who is ignored, unlinked, archived or gone is no candidate. */
export type Linkable = {
  id: string;
  environmentId: string;
  n8nId: string;
  name: string;
  nodeCount: number;
  shapeDigest: string | null;
  lineageId: string | null;
};

/** Workflows that join a lineage. One that does not exist yet has a key of its own, and begins with the first of them. */
export type ProposedLink = { method: LinkMethod; lineage: string; begins: boolean; workflows: Linkable[] };

/** Places that are taken: environments by lineage, those of gone and archived workflows included. */
export type Places = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What links itself: workflows with the same id of their instances, then workflows of the same shape, when there is
 * exactly one of them in every environment. Of two candidates none is linked. The same candidates in the same order
 * give the same links.
 */
export function proposeLinks(candidates: readonly Linkable[], places: Places): ProposedLink[] {
  const ground = new Ground(candidates, places);
  const byId = Map.groupBy(candidates.filter(hasOwnId), ({ n8nId }) => n8nId);
  for (const group of byId.values()) ground.join('same_id', group);
  const byShape = Map.groupBy(candidates, ({ shapeDigest }) => shapeDigest);
  for (const [shape, group] of byShape) if (shape && saysEnough(group)) ground.join('shape', group);
  return ground.proposed;
}

/** An id that n8n drew at random: two instances have the same one only when it was brought along. Old ids were counted. */
const hasOwnId = ({ n8nId }: Linkable): boolean => n8nId.length >= 10 && !/^\d+$/.test(n8nId);

/**
 * A trigger and one step look alike by chance; so little is the same workflow only under the same name, where it stands
 * apart: an error workflow is called `Alerts dev` here and `Alerts production` there.
 */
const saysEnough = (group: readonly Linkable[]): boolean =>
  group.every(({ nodeCount }) => nodeCount > 2) || new Set(group.map(({ name }) => telling(name).join(' '))).size === 1;

/** Who belongs where so far, while proposals are made. */
class Ground {
  readonly proposed: ProposedLink[] = [];
  private readonly lineageOf = new Map<string, string>();
  private readonly taken = new Map<string, Set<string>>();

  constructor(candidates: readonly Linkable[], places: Places) {
    for (const { id, lineageId } of candidates) if (lineageId) this.lineageOf.set(id, lineageId);
    for (const [lineageId, environments] of places) this.taken.set(lineageId, new Set(environments));
  }

  join(method: LinkMethod, group: readonly Linkable[]): void {
    if (new Set(group.map(({ environmentId }) => environmentId)).size < group.length) return;
    const [lineage, ...others] = new Set(group.flatMap(({ id }) => this.lineageOf.get(id) ?? []));
    if (others.length > 0) return;
    const taken = (lineage && this.taken.get(lineage)) || new Set<string>();
    const free = group.filter(({ id, environmentId }) => !this.lineageOf.has(id) && !taken.has(environmentId));
    if (free.length < (lineage ? 1 : 2)) return;
    const key = lineage ?? `new:${free[0]!.id}`;
    this.proposed.push({ method, lineage: key, begins: !lineage, workflows: free });
    for (const { id, environmentId } of free) {
      this.lineageOf.set(id, key);
      taken.add(environmentId);
    }
    this.taken.set(key, taken);
  }
}
