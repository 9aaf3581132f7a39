import { z } from 'zod';
import { Id, listQuery, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';

/** A credential of an instance: its name and type, never its secret. */
export const Credential = z
  .object({
    id: Id,
    environment: EnvironmentRef,
    n8nId: z.string(),
    name: z.string(),
    type: z.string(),
    /** `harvested`: known only from the workflows that use it. */
    source: z.enum(['listed', 'harvested']),
    presence: z.enum(['present', 'missing']),
    workflowCount: z.number().int(),
    n8nCreatedAt: Timestamp.nullable(),
    n8nUpdatedAt: Timestamp.nullable(),
    seenAt: Timestamp,
  })
  .meta({ id: 'Credential' });
export type Credential = z.infer<typeof Credential>;

export const CredentialDetail = Credential.extend({
  /** Where it is used. */
  usedBy: z.array(
    z.object({
      workflowId: Id,
      name: z.string(),
      active: z.boolean(),
      presence: z.enum(['present', 'missing']),
      nodes: z.array(z.string()),
    }),
  ),
}).meta({ id: 'CredentialDetail' });

export const ListCredentials = listQuery(['name', 'type', 'n8nUpdatedAt'], 'name').extend({
  environmentId: Id.optional(),
  type: z.string().max(100).optional(),
  presence: z.enum(['present', 'missing']).optional(),
});
export const CredentialPage = pageOf(Credential);
