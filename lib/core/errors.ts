/**
 * The one error model of the product: ten kinds, each with one HTTP status (RFC 9457 on the wire).
 * A kind says what class of thing went wrong; `code` says exactly what, for programs; `detail` says it to people.
 */
export const ERROR_STATUS = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 422,
  conflict: 409,
  blocked: 409,
  limit_reached: 403,
  rate_limited: 429,
  upstream: 502,
  internal: 500,
} as const;

export type ErrorKind = keyof typeof ERROR_STATUS;

/** One bad field: `path` is dotted (`stages.0.name`), empty for the body as a whole. */
export type FieldError = { path: string; message: string };

type Details = {
  /** Machine-readable reason, snake_case; the kind itself when omitted. */
  code?: string;
  errors?: FieldError[];
  /** `blocked` only: which rule refused. */
  rule?: string;
  /** `blocked` only: what or who would allow it. */
  allowedBy?: string;
  /** Seconds until a retry may succeed; becomes `Retry-After`. */
  retryAfter?: number;
  /** A status of the same class that says it more exactly: 400, 413 or 415 under `invalid`, 503 under `upstream`. */
  status?: number;
  cause?: unknown;
};

const APP_ERROR = Symbol.for('n8nops.AppError');

/** What every layer throws. Nothing else reaches a caller: unknown errors become `internal` at the door. */
export class AppError extends Error {
  /**
   * What tells an instance, since a Next build has several copies of this class in one process: what one of them
   * throws, the others must know. A subclass has a mark of its own.
   */
  static readonly mark: symbol = APP_ERROR;
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass asks by its own mark
    return typeof value === 'object' && value !== null && this.mark in value;
  }
  get [APP_ERROR](): true {
    return true;
  }

  readonly kind: ErrorKind;
  readonly code: string;
  readonly status: number;
  readonly errors?: FieldError[];
  readonly rule?: string;
  readonly allowedBy?: string;
  readonly retryAfter?: number;

  constructor(kind: ErrorKind, detail: string, details: Details = {}) {
    super(detail, { cause: details.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.code = details.code ?? kind;
    this.status = details.status ?? ERROR_STATUS[kind];
    this.errors = details.errors;
    this.rule = details.rule;
    this.allowedBy = details.allowedBy;
    this.retryAfter = details.retryAfter;
  }
}

export const unauthenticated = (detail = 'Sign in, or send an API key.', code?: string) =>
  new AppError('unauthenticated', detail, { code });
export const forbidden = (detail: string, code?: string) => new AppError('forbidden', detail, { code });
/** Says the same for a missing thing and for one of another tenant. `path`: the field that named it, when it was one. */
export const notFound = (noun: string, path?: string) => {
  const detail = `There is no such ${noun}.`;
  return new AppError('not_found', detail, { errors: path ? [{ path, message: detail }] : undefined });
};
export const invalid = (detail: string, errors?: FieldError[], details: Details = {}) =>
  new AppError('invalid', detail, { ...details, errors });
/** One bad field, named. */
export const invalidField = (path: string, message: string, code?: string) =>
  new AppError('invalid', message, { code, errors: [{ path, message }] });
/** `path`: the field that stands against what there is, when it is one. */
export const conflict = (detail: string, code?: string, path?: string) =>
  new AppError('conflict', detail, { code, errors: path ? [{ path, message: detail }] : undefined });
export const blocked = (detail: string, rule: string, allowedBy: string, code?: string) =>
  new AppError('blocked', detail, { code: code ?? rule, rule, allowedBy });
export const limitReached = (detail: string, code?: string) => new AppError('limit_reached', detail, { code });
export const rateLimited = (detail: string, retryAfter: number) => new AppError('rate_limited', detail, { retryAfter });
export const upstream = (detail: string, details: Details = {}) => new AppError('upstream', detail, details);

/** `application/problem+json` as it leaves every door. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  code: string;
  requestId: string;
  errors?: FieldError[];
  rule?: string;
  allowedBy?: string;
};

const TITLES: Record<ErrorKind, string> = {
  unauthenticated: 'Not signed in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  invalid: 'Invalid input',
  conflict: 'Conflict',
  blocked: 'Blocked by a rule',
  limit_reached: 'Limit reached',
  rate_limited: 'Too many requests',
  upstream: 'Another system failed',
  internal: 'Something went wrong',
};

/** An unknown error tells the outside nothing but the request id; the log has the rest. */
export function toProblem(error: unknown, requestId: string, instance?: string): Problem {
  const known =
    error instanceof AppError
      ? error
      : new AppError('internal', 'This failed on our side. The log holds the reason under the request id.');
  return {
    type: `https://n8n-ops.dev/problems/${known.kind}`,
    title: TITLES[known.kind],
    status: known.status,
    detail: known.message,
    ...(instance ? { instance } : {}),
    code: known.code,
    requestId,
    ...(known.errors ? { errors: known.errors } : {}),
    ...(known.rule ? { rule: known.rule, allowedBy: known.allowedBy } : {}),
  };
}
