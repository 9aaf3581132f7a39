import { z } from 'zod';
import { ById, Id, listQuery, Name, pageOf, Slug, Timestamp } from '@/lib/core/schema';

/** A label for environments. Policy depends on the class of an environment alone. */
export const EnvironmentType = z
  .object({
    id: Id,
    key: Slug,
    label: z.string(),
    sortOrder: z.number().int(),
    isActive: z.boolean(),
    version: z.number().int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'EnvironmentType' });
export type EnvironmentType = z.infer<typeof EnvironmentType>;

export const ListEnvironmentTypes = listQuery(['sortOrder', 'label', 'key'], 'sortOrder');
export const EnvironmentTypePage = pageOf(EnvironmentType);

export const CreateEnvironmentType = z.strictObject({ key: Slug.max(50), label: Name(100) });
export const UpdateEnvironmentType = z.strictObject({
  ...ById.shape,
  label: Name(100).optional(),
  isActive: z.boolean().optional(),
});
export const ReorderEnvironmentTypes = z.strictObject({
  orderedIds: z
    .array(Id)
    .min(1)
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, 'An id stands twice.'),
});
