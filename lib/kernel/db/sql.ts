import { Prisma } from './generated/client';

/** A part of a statement, its values as parameters: `sql` parts stand inside each other and inside `$queryRaw`. */
export type Sql = Prisma.Sql;
export const sql = Prisma.sql;
/** The part that says nothing. */
export const noSql = Prisma.empty;
/** NULL for a column that holds JSON, where null itself would be ambiguous. */
export const SQL_NULL = Prisma.DbNull;
