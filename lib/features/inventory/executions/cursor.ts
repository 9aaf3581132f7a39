import { invalidField } from '@/lib/core/errors';

/** The last row of a page; the next one begins behind it. */
export type Cursor = { at: Date; id: string };

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const encodeCursor = ({ at, id }: Cursor): string => Buffer.from(`${at.getTime()} ${id}`).toString('base64url');

export function decodeCursor(text: string): Cursor {
  const [time, id] = Buffer.from(text, 'base64url').toString().split(' ');
  const at = new Date(Number(time));
  if (!(at.getTime() >= 0) || !id || !ID.test(id)) {
    throw invalidField('cursor', 'Send the nextCursor of the last answer, as it was.');
  }
  return { at, id };
}
