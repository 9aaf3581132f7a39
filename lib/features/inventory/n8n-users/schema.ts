import { z } from 'zod';
import { Flag, Id, listQuery, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';

/** A person with an account on an instance; nobody of ours. */
export const N8nUser = z
  .object({
    id: Id,
    environment: EnvironmentRef,
    n8nId: z.string(),
    email: z.string().nullable(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    role: z.string().nullable(),
    isPending: z.boolean(),
    n8nCreatedAt: Timestamp.nullable(),
    seenAt: Timestamp,
  })
  .meta({ id: 'N8nUser' });
export type N8nUser = z.infer<typeof N8nUser>;

export const ListN8nUsers = listQuery(['email', 'role', 'n8nCreatedAt'], 'email').extend({
  environmentId: Id.optional(),
  role: z.string().max(100).optional(),
  isPending: Flag.optional(),
});
export const N8nUserPage = pageOf(N8nUser);
