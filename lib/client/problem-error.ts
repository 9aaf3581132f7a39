import type { Problem } from '@/lib/core/errors';

/** A problem the server answered with, thrown so that queries and mutations fail as they should. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
  }
}

/** Whatever was thrown, as a problem to show. */
export function toShownProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    type: 'about:blank',
    title: 'No answer',
    status: 0,
    code: 'no_answer',
    detail: 'The server did not answer. Check the connection; it is safe to try again.',
    requestId: '',
  };
}
