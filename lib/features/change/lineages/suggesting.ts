import type { Linkable, Places } from './linking';
import { compareWorkflows, nameSimilarity, type Structure, telling, WORTH_ASKING } from './similarity';

/** A pair that a person may link: `workflow` has no lineage, `counterpart` may have one. */
export type Pair = { workflow: Linkable; counterpart: Linkable };
export type Suggestion = Pair & { score: number; reasons: string[] };

/** Pairs per workflow whose structure is looked at, and suggestions that are shown for one. */
const SHORTLIST = 6;
const SHOWN = 3;
/** Pairs in all, the likeliest first: more than anybody decides at once, and what a run can read the nodes of. */
const MOST_PAIRS = 4_000;
/** A word that more workflows share tells none of them apart. */
const COMMON_WORD = 60;

/**
 * Pairs worth a closer look: the workflow has no lineage, the counterpart stands in another environment, whose lineage
 * has no place taken in the workflow's. Of two without a lineage, the later one in the order given is the workflow.
 */
export function shortlist(
  candidates: readonly Linkable[],
  places: Places,
  isRejected: (pair: Pair) => boolean,
): Pair[] {
  const index = new AlikeIndex(candidates);
  const order = new Map(candidates.map(({ id }, at) => [id, at]));
  const fits = ({ workflow, counterpart }: Pair): boolean =>
    workflow.environmentId !== counterpart.environmentId &&
    (counterpart.lineageId
      ? !places.get(counterpart.lineageId)?.has(workflow.environmentId)
      : order.get(counterpart.id)! < order.get(workflow.id)!);
  return candidates
    .filter(({ lineageId }) => !lineageId)
    .flatMap((workflow) =>
      index
        .alike(workflow)
        .map((counterpart) => ({ workflow, counterpart }))
        .filter((pair) => fits(pair) && !isRejected(pair))
        .map((pair) => ({ pair, likeness: likeness(pair) }))
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, SHORTLIST),
    )
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_PAIRS)
    .map(({ pair }) => pair);
}

const likeness = ({ workflow, counterpart }: Pair): number =>
  nameSimilarity(workflow.name, counterpart.name) + (isSameShape(workflow, counterpart) ? 1 : 0);
const isSameShape = (a: Linkable, b: Linkable) => a.shapeDigest !== null && a.shapeDigest === b.shapeDigest;

/** The best of the pairs, at most three a workflow and one a lineage, with score and reasons. */
export function suggest(pairs: readonly Pair[], structureOf: (id: string) => Structure | undefined): Suggestion[] {
  const scored = pairs.flatMap((pair): Suggestion[] => {
    const [one, two] = [structureOf(pair.workflow.id), structureOf(pair.counterpart.id)];
    if (!one || !two) return [];
    const similarity = compareWorkflows({ ...pair.workflow, ...one }, { ...pair.counterpart, ...two });
    return similarity.score >= WORTH_ASKING ? [{ ...pair, ...similarity }] : [];
  });
  const byWorkflow = Map.groupBy(scored, ({ workflow }) => workflow.id);
  return [...byWorkflow.values()].flatMap((all) => {
    const best = all.sort((a, b) => b.score - a.score);
    const lineages = new Set<string>();
    const distinct = best.filter(({ counterpart: { lineageId } }) => {
      if (lineageId && lineages.has(lineageId)) return false;
      if (lineageId) lineages.add(lineageId);
      return true;
    });
    return distinct.slice(0, SHOWN);
  });
}

/** Who shares a shape, a name or a rare word with whom, so that not everybody is compared with everybody. */
class AlikeIndex {
  private readonly byShape: Map<string | null, Linkable[]>;
  private readonly byName: Map<string, Linkable[]>;
  private readonly byWord = new Map<string, Linkable[]>();

  constructor(candidates: readonly Linkable[]) {
    this.byShape = Map.groupBy(candidates, ({ shapeDigest }) => shapeDigest);
    this.byName = Map.groupBy(candidates, ({ name }) => telling(name).join(' '));
    for (const candidate of candidates) {
      for (const word of telling(candidate.name)) {
        const list = this.byWord.get(word);
        if (list) list.push(candidate);
        else this.byWord.set(word, [candidate]);
      }
    }
  }

  alike({ shapeDigest, name }: Linkable): Linkable[] {
    const words = telling(name);
    const shaped = (shapeDigest !== null && this.byShape.get(shapeDigest)) || [];
    const named = this.byName.get(words.join(' ')) ?? [];
    const worded = words.map((word) => this.byWord.get(word) ?? []).filter(({ length }) => length <= COMMON_WORD);
    return [...new Set([...shaped.slice(0, COMMON_WORD), ...named.slice(0, COMMON_WORD), ...worded.flat()])];
  }
}
