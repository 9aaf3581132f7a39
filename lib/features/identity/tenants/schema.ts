import { z } from 'zod';
import { ROLES } from '@/lib/core/permissions';
import { ById, Id, listQuery, Name, pageOf, Slug, Timestamp } from '@/lib/core/schema';

export const TENANT_STATUSES = ['active', 'suspended', 'closing'] as const;

/** An organisation, as one of its members sees it. */
export const Tenant = z
  .object({
    id: Id,
    slug: Slug,
    name: z.string(),
    status: z.enum(TENANT_STATUSES),
    plan: z.string().meta({ description: 'Key of the plan' }),
    role: z.enum(ROLES).nullable().meta({ description: 'The role of whoever asks; null for an API key' }),
    onboardedAt: Timestamp.nullable(),
    closesAt: Timestamp.nullable().meta({ description: 'When everything is deleted, unless it is reopened before' }),
    version: z.number().int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Tenant' });
export type Tenant = z.infer<typeof Tenant>;

export const ListTenants = listQuery(['name', 'slug', 'createdAt'], 'name');
export const TenantPage = pageOf(Tenant);

export const UpdateTenant = z.strictObject({ ...ById.shape, name: Name(100) });
/** The slug is typed once more, so that nobody closes the wrong one. */
export const CloseTenant = z.strictObject({ ...ById.shape, confirm: z.string().max(100) });
export const CompleteOnboarding = z.strictObject({ name: Name(100).min(2, 'At least 2 characters.') });

/** Which organisation the session is in by default: its slug or id. */
export const SwitchTenant = z.strictObject({ tenant: z.string().min(1).max(64) });
