/** What can be wrong with a workflow's JSON. */
export type ReadProblemCode =
  | 'invalid-json'
  | 'not-a-workflow'
  | 'not-json'
  | 'too-deep'
  | 'too-large'
  | 'too-many-nodes'
  | 'forbidden-key'
  | 'lone-surrogate'
  | 'wrong-type'
  | 'missing-name'
  | 'missing-type'
  | 'duplicate-name'
  | 'duplicate-id'
  | 'dangling-connection'
  | 'duplicate-connection'
  | 'legacy-credential';

/**
 * `fatal`: there is no workflow. `repaired`: something was dropped or replaced. `note`: kept as it is, worth knowing.
 */
export type ReadProblemSeverity = 'fatal' | 'repaired' | 'note';

/** One finding of the reader; `path` is a JSON pointer into the input. */
export interface ReadProblem {
  readonly code: ReadProblemCode;
  readonly severity: ReadProblemSeverity;
  readonly path: string;
  readonly message: string;
}

/** At most this many problems are listed: hostile input must not turn into a hostile report. */
export const MAX_PROBLEMS = 200;

/** Collects problems while reading. */
export class ProblemList {
  readonly list: ReadProblem[] = [];

  /** Notes one problem; those beyond `MAX_PROBLEMS` are not kept. */
  add(code: ReadProblemCode, severity: ReadProblemSeverity, path: string, message: string): void {
    if (this.list.length < MAX_PROBLEMS) this.list.push({ code, severity, path, message });
  }
}
