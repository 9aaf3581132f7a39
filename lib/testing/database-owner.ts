import pg from 'pg';
import { inject } from 'vitest';

/**
 * One transaction of the database's owner, beside the product: for looking at what no role of ours may see, and for
 * tampering. Forced row-level security binds the owner too, so tenant rows need one of the roles.
 */
export async function asOwner<T>(
  work: (sql: pg.Client) => Promise<T>,
  databaseUrl = inject('databaseUrl'),
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    await client.end();
  }
}
