import type { Problem } from '@/lib/core/errors';
import { ProblemError } from './problem-error';

type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/**
 * Calls a server action and throws its problem, so that a mutation fails:
 * `mutationFn: (input) => act(rename, tenant, input)`. With the version that was looked at, a newer one is a conflict.
 */
export async function act<Input, T>(
  action: (tenant: string | null, input: Input, ifMatch?: number) => Promise<Answer<T>>,
  tenant: string | null,
  input: Input,
  ifMatch?: number,
): Promise<T> {
  const answer = await action(tenant, input, ifMatch);
  if (answer.ok) return answer.value;
  throw new ProblemError(answer.problem);
}
