import type { Problem } from '@/lib/core/errors';

/** What the form as a whole must say: everything, or what is wrong with fields that it does not draw; null when each field says its own. */
export function undrawnProblem(problem: Problem, drawn: ReadonlySet<string>): Problem | null {
  const named = (problem.errors ?? []).filter(({ path }) => path);
  if (named.length === 0) return problem;
  const undrawn = named.filter(({ path }) => !drawn.has(path));
  if (undrawn.length === 0) return null;
  const said = undrawn.map(({ path, message }) => (message === problem.detail ? message : `${path}: ${message}`));
  return { ...problem, detail: said.join(' ') };
}
