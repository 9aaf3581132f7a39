import type { Vault } from '@/lib/ports/vault';
import type { Database } from './db/database';

const BATCH = 100;

/**
 * Wraps every secret under the current master key. Batches are short transactions, so readers and writers go on beside
 * it; a run that is stopped is continued by the next one, and two at once share the work. Returns how many it wrapped.
 */
export async function rotateSecrets(
  database: Database,
  vault: Vault,
  onBatch: (done: number) => void = () => {},
): Promise<number> {
  let done = 0;
  for (;;) {
    const wrapped = await database.asPlatform(async (db) => {
      const rows = await db.$queryRaw<{ id: string; tenantId: string; kind: string; sealed: string; keyId: string }[]>`
        SELECT id, tenant_id AS "tenantId", kind, sealed, key_id AS "keyId" FROM secrets
        WHERE key_id <> ${vault.currentKeyId} ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
      for (const { id, tenantId, kind, sealed, keyId } of rows) {
        await db.secret.update({ where: { id }, data: vault.rewrap({ sealed, keyId }, { tenantId, kind, id }) });
      }
      return rows.length;
    });
    done += wrapped;
    if (wrapped === 0) return done;
    onBatch(done);
  }
}
