import type { MergeChoices } from './conflict';
import type { Lineage } from './lineage';

/** The names nodes will have, and what was in the way. */
export interface MergedNames {
  readonly names: ReadonlyMap<Lineage, string>;
  /** Renamed differently by both sides. */
  readonly contested: ReadonlySet<Lineage>;
  /** Given a number because the other side had used the name for another node. */
  readonly taken: ReadonlySet<Lineage>;
}

/** Decides every node's name before anything else is compared, so that all three versions can be read under it. */
export function mergeNames(lineages: readonly Lineage[], choices: MergeChoices): MergedNames {
  const names = new Map<Lineage, string>();
  const contested = new Set<Lineage>();
  const taken = new Set<Lineage>();
  const holders = new Map<string, Lineage[]>();
  for (const lineage of [...lineages.filter(isKept), ...lineages.filter((each) => !isKept(each))]) {
    if (isContested(lineage)) contested.add(lineage);
    const wanted = wantedName(lineage, choices);
    const name = isFree(lineage, holders.get(wanted) ?? []) ? wanted : numbered(wanted, holders);
    if (name !== wanted) taken.add(lineage);
    names.set(lineage, name);
    const sharing = holders.get(name);
    if (sharing) sharing.push(lineage);
    else holders.set(name, [lineage]);
  }
  return { names, contested, taken };
}

/** Nodes that no side removed choose their names first. */
function isKept({ base, ours, theirs }: Lineage): boolean {
  return base === null || (ours !== null && theirs !== null);
}

function isContested({ base, ours, theirs }: Lineage): boolean {
  if (!ours || !theirs || ours.name === theirs.name) return false;
  return ours.name !== base?.name && theirs.name !== base?.name;
}

function wantedName({ key, base, ours, theirs }: Lineage, choices: MergeChoices): string {
  const [our, their] = [ours?.name ?? base?.name, theirs?.name ?? base?.name];
  if (our === undefined || their === undefined) return (our ?? their)!;
  if (our === base?.name) return their;
  if (their === base?.name) return our;
  return choices.get(key) === 'theirs' ? their : our;
}

/** A shared name is fine where one side itself has it twice: then it is no doing of the merge. */
function isFree(lineage: Lineage, holders: readonly Lineage[]): boolean {
  return holders.every((holder) => together(lineage, holder, 'ours') || together(lineage, holder, 'theirs'));
}

function together(a: Lineage, b: Lineage, side: 'ours' | 'theirs'): boolean {
  return a[side] !== null && a[side].name === b[side]?.name;
}

/** As n8n's editor does it: `Name1`, `Name2`. */
function numbered(name: string, holders: ReadonlyMap<string, unknown>): string {
  let count = 1;
  while (holders.has(`${name}${count}`)) count += 1;
  return `${name}${count}`;
}
