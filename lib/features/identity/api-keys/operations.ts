import { forbidden } from '@/lib/core/errors';
import { ById, Nothing } from '@/lib/core/schema';
import type { TenantContext } from '@/lib/kernel/context';
import type { Transaction } from '@/lib/kernel/db/database';
import { operation } from '@/lib/kernel/operation';
import { ApiKeyPage, CreateApiKey, CreatedApiKey, ListApiKeys } from './schema';
import { mintApiKey } from './secret';
import { listKeys, revokeKey, toApiKeys } from './store';

const CHANGED = { type: 'api-key.changed' };
const DAY_MS = 24 * 3_600_000;

export const listApiKeys = operation({
  name: 'apiKey.list',
  summary: 'List API keys',
  input: ListApiKeys,
  output: ApiKeyPage,
  status: 200,
  permission: 'api-key:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listKeys(db, query)),
});

export const createApiKey = operation({
  name: 'apiKey.create',
  summary: 'Make an API key; it is shown once',
  input: CreateApiKey,
  output: CreatedApiKey,
  status: 201,
  permission: 'api-key:write',
  feature: 'api_access',
  effect: 'write',
  audit: 'api-key.created',
  secretOutput: true,
  run: (ctx, { name, scopes, expiresInDays }) =>
    ctx.tx(async (db) => {
      const beyond = scopes.filter((scope) => !ctx.principal.permissions.has(scope));
      if (beyond.length > 0) {
        throw forbidden(`A key may do no more than its maker. You lack ${beyond.join(', ')}.`, 'scope_beyond_maker');
      }
      const { key, hash, prefix } = mintApiKey();
      const expiresAt = expiresInDays === null ? null : new Date(Date.now() + expiresInDays * DAY_MS);
      const createdBy = await makerOf(db, ctx);
      const row = await db.apiKey.create({ data: { name, scopes, prefix, hash, expiresAt, createdBy } });
      db.audit({ target: { type: 'api-key', id: row.id, label: name }, details: { prefix, scopes, expiresInDays } });
      db.emit(CHANGED);
      const [apiKey] = await toApiKeys(db, [row]);
      return { ...apiKey!, key };
    }),
});

export const revokeApiKey = operation({
  name: 'apiKey.revoke',
  summary: 'Revoke an API key; takes effect with its next request',
  input: ById,
  output: Nothing,
  status: 204,
  permission: 'api-key:write',
  effect: 'write',
  audit: 'api-key.revoked',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const { name, prefix } = await revokeKey(db, id);
      db.audit({ target: { type: 'api-key', id, label: name }, details: { prefix } });
      db.emit(CHANGED);
    }),
});

/** A key that makes a key does so for the person who made it, and ends with them. */
async function makerOf(db: Transaction, { principal: { user, actor } }: TenantContext): Promise<string> {
  if (user) return user.id;
  return (await db.apiKey.findUniqueOrThrow({ where: { id: actor.id ?? '' }, select: { createdBy: true } })).createdBy;
}
