import { z } from 'zod';
import { ROLES } from '@/lib/core/permissions';
import { FEATURES, LIMITS } from '@/lib/core/plans';
import { Email, Id, Name, Slug, Timestamp } from '@/lib/core/schema';
import { isGuessable, MIN_PASSWORD } from './model';

/** A password somebody chooses: long rather than complicated, and not the obvious. */
export const NewPassword = z
  .string()
  .min(MIN_PASSWORD, `At least ${MIN_PASSWORD} characters.`)
  .max(200, 'At most 200 characters.')
  .refine((password) => !isGuessable(password), 'This is too easy to guess: a word, a row of keys or a repetition.');
/** A password somebody types again: whatever it is, it is compared. */
export const TypedPassword = z.string().min(1, 'Type your password.').max(1000);

export const THEMES = ['system', 'light', 'dark'] as const;
export const Preferences = z
  .object({
    theme: z.enum(THEMES).optional(),
    density: z.enum(['comfortable', 'compact']).optional(),
    timeZone: z.string().max(64).optional().meta({ description: 'IANA name; the browser’s when absent' }),
    relativeTimes: z.boolean().optional(),
  })
  .meta({ id: 'Preferences' });
export type Preferences = z.infer<typeof Preferences>;

/** A person, as they see themselves. */
export const Profile = z
  .object({
    id: Id,
    email: z.string(),
    name: z.string(),
    image: z.string().nullable(),
    emailVerified: z.boolean(),
    hasPassword: z.boolean(),
    platformAdmin: z.boolean(),
    preferences: Preferences,
    providers: z.array(z.string()).meta({ description: 'Outside accounts that sign in as this person' }),
    version: z.number().int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Profile' });
export type Profile = z.infer<typeof Profile>;

export const CurrentTenant = z.object({ id: Id, slug: Slug, name: z.string() });
export const LimitValues = z.object(
  Object.fromEntries(LIMITS.map((limit) => [limit, z.number().int().nullable()])) as Record<
    (typeof LIMITS)[number],
    z.ZodNullable<z.ZodNumber>
  >,
);

/** Who asks, and what they may do where they ask. */
export const Me = z
  .object({
    type: z.enum(['user', 'api_key']),
    user: Profile.nullable().meta({ description: 'null for an API key' }),
    apiKey: z.object({ id: Id, name: z.string() }).nullable(),
    tenant: CurrentTenant.nullable(),
    role: z.enum(ROLES).nullable(),
    permissions: z.array(z.string()),
    features: z.array(z.enum(FEATURES)),
    limits: LimitValues.nullable().meta({ description: 'null inside: unlimited' }),
    /** The person's own version: PATCH takes it in If-Match. */
    version: z.number().int().optional(),
  })
  .meta({ id: 'Me' });

export const UpdateMe = z.strictObject({
  name: Name(100).optional(),
  email: Email.optional(),
  currentPassword: TypedPassword.optional().meta({ description: 'Needed to change the address' }),
  preferences: Preferences.strict().optional().meta({ description: 'Replaces the ones before, as a whole' }),
});
