import { z } from 'zod';
import { TENANT_PERMISSIONS, type TenantPermission } from '@/lib/core/permissions';
import { Id, listQuery, Name, pageOf, Timestamp } from '@/lib/core/schema';
import { DEFAULT_KEY_DAYS, MAX_KEY_DAYS } from './model';

const Scope = z.enum(TENANT_PERMISSIONS as readonly [TenantPermission, ...TenantPermission[]]);

/** A key for programs. The key itself is shown when it is made, and never again. */
export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    prefix: z.string().meta({ description: 'How the key begins, to recognise it by' }),
    scopes: z.array(z.string()),
    status: z.enum(['active', 'expired', 'revoked']),
    createdBy: z.object({ id: Id, email: z.string().nullable().meta({ description: 'null once they have left' }) }),
    expiresAt: Timestamp.nullable(),
    lastUsedAt: Timestamp.nullable(),
    revokedAt: Timestamp.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

export const ListApiKeys = listQuery(['name', 'createdAt', 'lastUsedAt', 'expiresAt'], '-createdAt').extend({
  status: z.enum(['active', 'expired', 'revoked']).optional(),
});
export const ApiKeyPage = pageOf(ApiKey);

export const CreateApiKey = z.strictObject({
  name: Name(100),
  scopes: z
    .array(Scope)
    .min(1, 'Choose at least one scope.')
    .refine((scopes) => new Set(scopes).size === scopes.length, 'A scope stands twice.')
    .meta({ description: 'At most what the maker may do; it shrinks with the maker’s role' }),
  expiresInDays: z.number().int().min(1).max(MAX_KEY_DAYS).nullable().default(DEFAULT_KEY_DAYS).meta({
    description: 'null: it does not expire',
  }),
});
export const CreatedApiKey = ApiKey.extend({ key: z.string().meta({ description: 'Shown this once' }) }).meta({
  id: 'CreatedApiKey',
});
