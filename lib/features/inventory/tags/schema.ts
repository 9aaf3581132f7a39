import { z } from 'zod';
import { Id, listQuery, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';

export const Tag = z
  .object({
    id: Id,
    environment: EnvironmentRef,
    n8nId: z.string(),
    name: z.string(),
    workflowCount: z.number().int(),
    seenAt: Timestamp,
  })
  .meta({ id: 'Tag' });
export type Tag = z.infer<typeof Tag>;

export const ListTags = listQuery(['name'], 'name').extend({ environmentId: Id.optional() });
export const TagPage = pageOf(Tag);
