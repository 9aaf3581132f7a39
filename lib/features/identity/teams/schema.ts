import { z } from 'zod';
import { ROLES } from '@/lib/core/permissions';
import { ById, Email, Id, listQuery, pageOf, Timestamp } from '@/lib/core/schema';

/** Somebody of the organisation, or on the way into it. */
export const TeamMember = z
  .object({
    id: Id.meta({ description: 'Of the membership, or of the invitation' }),
    status: z.enum(['active', 'invited', 'expired']),
    userId: Id.nullable().meta({ description: 'null while invited' }),
    email: z.string(),
    name: z.string().nullable(),
    role: z.enum(ROLES),
    lastSeenAt: Timestamp.nullable(),
    expiresAt: Timestamp.nullable().meta({ description: 'Of the invitation' }),
    version: z.number().int(),
    createdAt: Timestamp,
  })
  .meta({ id: 'TeamMember' });
export type TeamMember = z.infer<typeof TeamMember>;

export const ListTeam = listQuery(['email', 'name', 'role', 'status', 'createdAt'], 'email').extend({
  role: z.enum(ROLES).optional(),
  status: z.enum(['active', 'invited', 'expired']).optional(),
});
export const TeamPage = pageOf(TeamMember);

export const TeamLimits = z.object({
  current: z.number().int().meta({ description: 'Members and open invitations' }),
  max: z.number().int().nullable().meta({ description: 'null: unlimited' }),
  canAddMore: z.boolean(),
});

export const InviteMember = z.strictObject({ email: Email, role: z.enum(ROLES) });
/** The link is shown once; it works for the invited address alone. */
export const Invited = z
  .object({ invitation: TeamMember, link: z.string(), mailed: z.boolean() })
  .meta({ id: 'Invited' });
export const UpdateMember = z.strictObject({ ...ById.shape, role: z.enum(ROLES) });

export const ByInvitationToken = z.strictObject({ token: z.string().min(1).max(200) });
export const InvitationPreview = z.object({
  tenant: z.object({ slug: z.string(), name: z.string() }),
  email: z.string(),
  role: z.enum(ROLES),
});
export const Joined = z.object({
  tenant: z.object({ id: Id, slug: z.string(), name: z.string() }),
  role: z.enum(ROLES),
});

export const MemberResetLink = z.object({ link: z.string(), expiresInHours: z.number().int() });
