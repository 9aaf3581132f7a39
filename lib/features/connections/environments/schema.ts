import { z } from 'zod';
import { ROLES } from '@/lib/core/permissions';
import { ById, Flag, Id, listQuery, Name, pageOf, Slug, Timestamp } from '@/lib/core/schema';
import { CAPABILITIES } from '@/lib/ports/provider-probe';
import { ENVIRONMENT_CLASSES, GUARDED_ACTIONS, SYNC_PHASES } from './model';

export const EnvironmentClass = z.enum(ENVIRONMENT_CLASSES);
export const GuardedAction = z.enum(GUARDED_ACTIONS);

/** An environment as other objects name it. */
export const EnvironmentRef = z
  .object({ id: Id, name: z.string(), slug: z.string(), class: EnvironmentClass })
  .meta({ id: 'EnvironmentRef' });
export type EnvironmentRef = z.infer<typeof EnvironmentRef>;

/** Why the last check failed, and which input would correct it. */
export const ConnectionProblem = z.object({
  code: z.string(),
  field: z.enum(['baseUrl', 'apiKey']).nullable(),
  detail: z.string(),
});
export type ConnectionProblem = z.infer<typeof ConnectionProblem>;

export const CONNECTION_STATUSES = ['connected', 'unreachable', 'refused', 'unknown'] as const;

/** The four axes, each with its age. Null is an age nobody knows yet; unknown is never good news. */
export const Axes = z.object({
  connection: z.object({
    status: z.enum(CONNECTION_STATUSES),
    since: Timestamp.nullable(),
    checkedAt: Timestamp.nullable(),
    problem: ConnectionProblem.nullable(),
  }),
  drift: z.object({
    status: z.enum(['not_tracked', 'no_baseline', 'none', 'drifted', 'unknown']),
    since: Timestamp.nullable(),
    checkedAt: Timestamp.nullable(),
    count: z.number().int().nullable().meta({ description: 'Workflows that differ.' }),
    problem: z
      .object({ code: z.string(), detail: z.string(), at: Timestamp })
      .nullable()
      .meta({ description: 'Why the newest check failed; what is said above is then as old as `checkedAt`.' }),
  }),
  readiness: z.object({
    status: z.enum(['ready', 'limited', 'unknown']),
    checkedAt: Timestamp.nullable(),
    missing: z
      .array(z.string())
      .meta({ description: 'What this instance cannot do although promotions need it, a sentence each.' }),
  }),
  freshness: z.object({ status: z.enum(['fresh', 'stale', 'never']), asOf: Timestamp.nullable() }),
});
export type Axes = z.infer<typeof Axes>;

export const Environment = z
  .object({
    id: Id,
    name: z.string(),
    slug: z.string(),
    class: EnvironmentClass,
    typeKey: z.string().nullable(),
    provider: z.string(),
    providerVersion: z.string().nullable(),
    baseUrl: z.string(),
    apiKeyHint: z.string().meta({ description: 'The last four characters of the key; the key itself never leaves.' }),
    forbiddenActions: z.array(GuardedAction),
    syncIntervalSeconds: z.number().int(),
    nextSyncAt: Timestamp,
    workflowCount: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'As counted by the last refresh; null before the first.' }),
    activeWorkflowCount: z.number().int().nullable(),
    axes: Axes,
    version: z.number().int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Environment' });
export type Environment = z.infer<typeof Environment>;

export const ListEnvironments = listQuery(['class', 'name', 'createdAt'], 'class').extend({
  class: EnvironmentClass.optional(),
  typeKey: Slug.optional(),
});
export const EnvironmentPage = pageOf(Environment);

/** How old one part of the inventory is. A failure never moves `okAt`: what was read then still stands. */
export const SyncPhase = z
  .object({
    phase: z.enum(SYNC_PHASES),
    okAt: Timestamp.nullable(),
    count: z.number().int().nullable(),
    failedAt: Timestamp.nullable(),
    problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .meta({ id: 'SyncPhase' });
export type SyncPhase = z.infer<typeof SyncPhase>;

const BaseUrl = z
  .string()
  .trim()
  .max(500)
  .pipe(z.url({ protocol: /^https?$/, message: 'An address that begins with https:// or http://.' }))
  .refine((text) => !/^https?:\/\/[^/?#]*@/i.test(text), 'Leave the password out of the address.');
const ApiKey = z.string().trim().min(1, 'The API key of the instance.').max(4_000);
const settings = {
  typeKey: Slug.nullable().optional(),
  forbiddenActions: z.array(GuardedAction).max(GUARDED_ACTIONS.length).optional(),
  syncIntervalSeconds: z.number().int().min(60).max(86_400).optional(),
};
const saveUnreachable = Flag.optional().meta({
  description: 'Save although the instance does not answer. It stays marked as not connected.',
});

export const CreateEnvironment = z.strictObject({
  name: Name(100),
  class: EnvironmentClass,
  provider: z.string().max(50).default('n8n'),
  baseUrl: BaseUrl,
  apiKey: ApiKey,
  ...settings,
  saveUnreachable,
});
/** What is left out stays as it is. Another host needs the key again. */
export const UpdateEnvironment = z.strictObject({
  ...ById.shape,
  name: Name(100).optional(),
  class: EnvironmentClass.optional(),
  baseUrl: BaseUrl.optional(),
  apiKey: ApiKey.optional(),
  ...settings,
  saveUnreachable,
});

/** `environmentId` tests a saved environment: with its own key when none is given and the host is the same. */
export const TestConnection = z.strictObject({
  provider: z.string().max(50).default('n8n'),
  environmentId: Id.optional(),
  baseUrl: BaseUrl.optional(),
  apiKey: ApiKey.optional(),
});

const Support = z.object({
  capability: z.enum(CAPABILITIES),
  works: z.boolean(),
  why: z.enum(['version', 'scope', 'licence', 'disabled']).nullable(),
  detail: z.string().nullable(),
});
export const InstanceReport = z
  .object({
    version: z
      .object({ exact: z.string().nullable(), atLeast: z.string(), below: z.string().nullable() })
      .meta({ description: 'Exact where the instance tells it, else the range its interface points to.' }),
    key: z.object({ scopes: z.array(z.string()).nullable(), expiresAt: z.string().nullable() }),
    capabilities: z.array(Support),
    checkedAt: Timestamp,
  })
  .meta({ id: 'InstanceReport' });
export type InstanceReport = z.infer<typeof InstanceReport>;

/** A check that found a problem is an answer, not an error. */
export const ConnectionTest = z
  .object({ ok: z.boolean(), report: InstanceReport.nullable(), problem: ConnectionProblem.nullable() })
  .meta({ id: 'ConnectionTest' });
export type ConnectionTest = z.infer<typeof ConnectionTest>;

export const TestGitConnection = z.strictObject({ store: z.literal('local').default('local') });
export const GitConnectionTest = z.object({ ok: z.boolean(), store: z.literal('local'), detail: z.string() });

const PlanUse = z.object({
  limit: z.number().int().nullable(),
  used: z.number().int(),
  remaining: z.number().int().nullable(),
  over: z.boolean().meta({
    description:
      'More than the plan includes: an instance can hold that, and nothing of it is hidden, but nothing is added.',
  }),
});
export type PlanUse = z.infer<typeof PlanUse>;

/** What the plan allows and what there is; workflows as the last refreshes counted them. */
export const EnvironmentLimits = z.object({
  plan: PlanUse,
  canAdd: z.boolean(),
  workflows: PlanUse,
  byEnvironment: z.array(z.object({ environment: EnvironmentRef, workflows: PlanUse })),
});

export const ActionDecision = z
  .object({
    action: GuardedAction,
    allowed: z.boolean(),
    role: z.enum(ROLES).nullable(),
    needsReason: z.boolean(),
    rule: z.string().nullable(),
    detail: z.string().nullable(),
    allowedBy: z.string().nullable(),
  })
  .meta({ id: 'ActionDecision' });

/** What you may do here, and what the instance can do. */
export const EnvironmentCapabilities = z.object({
  environment: EnvironmentRef,
  role: z.enum(ROLES),
  actions: z.array(ActionDecision),
  instance: InstanceReport.nullable(),
});

/** The guard for each role. */
export const EnvironmentPolicy = z.object({
  environment: EnvironmentRef,
  role: z.enum(ROLES),
  actions: z.array(ActionDecision),
  byRole: z.record(z.enum(ROLES), z.array(ActionDecision)),
});
