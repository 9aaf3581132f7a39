/**
 * n8n's offset cursors are base64 JSON `{limit, offset}`, and the limit inside wins over the query. Writing them
 * ourselves lets a walk overlap its pages and change their size; any other cursor is handed back as it came.
 */
export type Offset = { limit: number; offset: number };

export function decodeOffset(cursor: string): Offset | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
    const { limit, offset } = value as Partial<Offset>;
    return Number.isInteger(limit) && Number.isInteger(offset) ? { limit: limit!, offset: offset! } : null;
  } catch {
    return null;
  }
}

export const encodeOffset = ({ limit, offset }: Offset): string =>
  Buffer.from(JSON.stringify({ limit, offset })).toString('base64');
