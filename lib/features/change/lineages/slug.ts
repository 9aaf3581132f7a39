import { slugOf } from '@/lib/features/connections/environments/observation';

/** What a file in git is called after; a name without a Latin letter or digit has the plain word. */
export const lineageSlug = (name: string): string => slugOf(name, 'workflow');

/** A slug of its own for each name, in their order: the plain one where it is free, else with the next number. */
export function freeSlugs(names: readonly string[], taken: ReadonlySet<string>): string[] {
  const used = new Set(taken);
  const next = new Map<string, number>();
  return names.map((name) => {
    const plain = lineageSlug(name);
    let count = next.get(plain) ?? 1;
    const candidate = () => (count === 1 ? plain : `${plain}-${count}`);
    while (used.has(candidate())) count += 1;
    next.set(plain, count + 1);
    const slug = candidate();
    used.add(slug);
    return slug;
  });
}
