/** What is compared of a workflow's structure: how often each node type occurs, and what its nodes are called. */
export type Structure = { types: ReadonlyMap<string, number>; nodeNames: ReadonlySet<string> };
export type Comparable = { name: string; shapeDigest: string | null };

/** 0 to 1, with the reasons in words, the weightiest first. */
export type Similarity = { score: number; reasons: string[] };

/** Below this a pair is not worth a person's time. */
export const WORTH_ASKING = 0.6;

/** How alike two workflows are: half by their names, half by what they are made of. */
export function compareWorkflows(a: Comparable & Structure, b: Comparable & Structure): Similarity {
  const names = nameSimilarity(a.name, b.name);
  const sameShape = a.shapeDigest !== null && a.shapeDigest === b.shapeDigest;
  const structure = sameShape ? 1 : structureSimilarity(a, b);
  const score = Math.round((names + structure) * 50) / 100;
  const ofNames = names === 1 ? 'Same name' : names >= 0.5 ? `Names ${percent(names)} alike` : null;
  const ofStructure = sameShape
    ? 'Same nodes and connections'
    : structure > 0
      ? `Nodes ${percent(structure)} alike`
      : null;
  const reasons = structure >= names ? [ofStructure, ofNames] : [ofNames, ofStructure];
  return { score, reasons: reasons.filter((reason) => reason !== null) };
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`;

/** Words that say where or which copy, not what. */
const ELSEWHERE = new Set(
  'dev development test testing stage staging preprod prod production live local copy new old final backup'.split(' '),
);

/** The words of a name that tell it from others, each once; all of them when nothing else is left. */
export function telling(name: string): string[] {
  const words = [...new Set(name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
  const own = words.filter((word) => !ELSEWHERE.has(word) && !/^v?\d{1,2}$/.test(word));
  return own.length > 0 ? own : words;
}

/** Dice's coefficient over pairs of letters of the telling words. */
export function nameSimilarity(a: string, b: string): number {
  const [one, two] = [telling(a).join(' '), telling(b).join(' ')];
  if (one === two) return 1;
  return dice(counted(pairsOf(one)), counted(pairsOf(two)));
}

function pairsOf(text: string): string[] {
  const letters = [...text];
  return letters.slice(1).map((letter, at) => letters[at]! + letter);
}

/** Node types by how often they occur, and the nodes' own names, each for a half. */
export function structureSimilarity(a: Structure, b: Structure): number {
  return (dice(a.types, b.types) + dice(counted(a.nodeNames), counted(b.nodeNames))) / 2;
}

export function counted(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Twice what two multisets share, of all they hold; 0 when both are empty. */
function dice(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const total = sum(a.values()) + sum(b.values());
  const shared = sum([...a].map(([value, count]) => Math.min(count, b.get(value) ?? 0)));
  return total === 0 ? 0 : (2 * shared) / total;
}

const sum = (counts: Iterable<number>): number => {
  let total = 0;
  for (const count of counts) total += count;
  return total;
};
