import { AppError, conflict, notFound, upstream } from '@/lib/core/errors';

type DriverCause = { originalCode?: string; kind?: string; constraint?: { fields?: string[]; index?: string } };
type PrismaError = Error & {
  code?: string;
  meta?: { modelName?: string; target?: string[]; driverAdapterError?: { cause?: DriverCause } };
};

const noun = (model?: string) => (model ? model.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase() : 'object');
const sqlState = (error: PrismaError) => error.meta?.driverAdapterError?.cause?.originalCode;

/** The restricting foreign key that stopped a delete, when that is what happened; asked inside the transaction or after. */
export function isRestricted(error: unknown): boolean {
  const known = translateDatabaseError(error);
  return known instanceof AppError && known.code === 'still_referenced';
}

/**
 * What the database refuses, in the words of the product. A row of another tenant (42501, P2025) and a missing one are
 * the same `not_found`; a unique violation is a `conflict`; a lost connection is `upstream`, worth a retry.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const prisma = error as PrismaError;
  const state = sqlState(prisma);
  if (prisma.code === 'P2025' || state === '42501') return withCause(notFound(noun(prisma.meta?.modelName)), error);
  if (prisma.code === 'P2002') return withCause(alreadyExists(prisma), error);
  if (prisma.code === 'P2003' || state === '23001') {
    return new AppError('conflict', 'Something else still refers to this, or what it refers to is gone.', {
      code: 'still_referenced',
      cause: error,
    });
  }
  if (UNANSWERED.has(prisma.code ?? '')) {
    return unavailable('The database did not answer in time. Nothing was changed; it is safe to try again.', error);
  }
  if (isConnectionLost(prisma)) {
    return unavailable('The connection to the database was lost. Look at what stands before you try again.', error);
  }
  return error;
}

/** No connection in time, a transaction that ran out of its own, a deadlock: undone for certain. */
const UNANSWERED = new Set(['P1001', 'P1002', 'P1008', 'P2024', 'P2028', 'P2034']);
/** Connection failures, a server that shuts down or starts, too many connections. */
const LOST_STATE = /^(08...|57P0[1-4]|53300)$/;
const LOST_CODE = new Set(['P1017', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
/** The driver's own errors carry no code. */
const LOST_MESSAGE = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;

/** Whether a statement was still carried out cannot be told when the connection broke during it. */
const isConnectionLost = (error: PrismaError): boolean =>
  LOST_STATE.test(sqlState(error) ?? error.code ?? '') ||
  LOST_CODE.has(error.code ?? '') ||
  LOST_MESSAGE.test(error.message);

const unavailable = (detail: string, cause: Error): AppError =>
  upstream(detail, { code: 'database_unavailable', status: 503, retryAfter: 2, cause });

function alreadyExists(error: PrismaError): AppError {
  const fields = error.meta?.driverAdapterError?.cause?.constraint?.fields ?? error.meta?.target ?? [];
  const [field, ...others] = fields
    .map((name) => name.replaceAll('"', ''))
    .filter((name) => name !== 'tenant_id' && name !== 'tenantId');
  const what = noun(error.meta?.modelName);
  // Of several together, none is the one that is taken.
  const isNamed = field && others.length === 0;
  return conflict(
    isNamed ? `There is already a ${what} with this ${field}.` : `This ${what} exists already.`,
    'exists',
  );
}

const withCause = (error: AppError, cause: unknown) => Object.assign(error, { cause });
