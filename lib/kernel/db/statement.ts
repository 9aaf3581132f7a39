import pg from 'pg';

/** A complete SQL statement, its values in place. */
export type Statement = { readonly text: string };

/**
 * SQL as a template; each value becomes a quoted literal. For the few statements that are sent in one message with the
 * taking of a role: several statements in one message take no parameters.
 */
export const statement = (parts: TemplateStringsArray, ...values: readonly (string | Date | null)[]): Statement => ({
  text: String.raw({ raw: parts }, ...values.map(literal)),
});

function literal(value: string | Date | null): string {
  if (value === null) return 'NULL';
  const text = typeof value === 'string' ? value : value.toISOString();
  // It would end the message early; no text of PostgreSQL can hold it.
  if (text.includes('\0')) throw new Error('A value holds a NUL character.');
  return pg.escapeLiteral(text);
}
