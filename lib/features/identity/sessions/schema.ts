import { z } from 'zod';
import { ROLES } from '@/lib/core/permissions';
import { FEATURES } from '@/lib/core/plans';
import { Email, Id, listQuery, Name, pageOf, Slug, Timestamp } from '@/lib/core/schema';
import { CurrentTenant, LimitValues, NewPassword, Profile, TypedPassword } from '../users/schema';

/** One place where a person is signed in. */
export const Session = z
  .object({
    id: Id,
    current: z.boolean(),
    method: z.string().meta({ description: 'password, link, github, google or oidc' }),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: Timestamp,
    lastSeenAt: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;
export const ListSessions = listQuery(['lastSeenAt', 'createdAt'], '-lastSeenAt');
export const SessionPage = pageOf(Session);

export const OwnTenant = z.object({ id: Id, slug: Slug, name: z.string(), role: z.enum(ROLES), status: z.string() });

/** All that a page needs to decide where somebody belongs. Answers anybody. */
export const AuthStatus = z
  .object({
    authenticated: z.boolean(),
    firstRun: z.boolean().meta({ description: 'Nobody has an account yet: the next one administers the platform' }),
    onboardingRequired: z.boolean().meta({ description: 'Signed in, in no organisation, and may make one' }),
    hasEnvironment: z.boolean(),
    signUp: z.enum(['open', 'invite']),
    methods: z.object({
      password: z.literal(true),
      emailLink: z.boolean(),
      providers: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
    devLogin: z.boolean(),
    user: Profile.nullable(),
    tenant: CurrentTenant.nullable(),
    role: z.enum(ROLES).nullable(),
    tenants: z.array(OwnTenant),
    permissions: z.array(z.string()),
    features: z.array(z.enum(FEATURES)),
    limits: LimitValues.nullable(),
  })
  .meta({ id: 'AuthStatus' });

export const SignUp = z.strictObject({
  email: Email,
  name: Name(100),
  password: NewPassword,
  invitation: z.string().max(200).optional().meta({ description: 'The token of an invitation to this address' }),
  token: z.string().max(200).optional().meta({ description: 'The token mailed to this address' }),
});
/** The same whether the address was new or not. */
export const SignedUp = z.object({ email: z.string() });

export const ByAddress = z.strictObject({ email: Email });
/** The same whether the address is known or not. */
export const MailOnItsWay = z.object({
  mailed: z.boolean().meta({ description: 'false: this installation sends no mail; an admin can make a link' }),
});

export const ChangePassword = z.strictObject({
  currentPassword: TypedPassword.optional().meta({ description: 'Needed once a password is set' }),
  newPassword: NewPassword,
});
export const ResetPassword = z.strictObject({ token: z.string().min(1).max(200), password: NewPassword });

export const DevUser = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  platformAdmin: z.boolean(),
  tenants: z.array(z.object({ slug: Slug, role: z.enum(ROLES) })),
});
export const DevUsers = pageOf(DevUser);
export const ListDevUsers = listQuery(['email', 'createdAt'], 'email');
export const CreateDevUser = z.strictObject({
  email: Email,
  name: Name(100).default('Developer'),
  tenantName: Name(100).default('Development'),
});
export const DevSignIn = z.object({ link: z.string(), token: z.string() });
