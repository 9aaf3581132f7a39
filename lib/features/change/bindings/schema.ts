import { z } from 'zod';
import { Flag, Id, listQuery, Name, Prose, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { LineageRef } from '../lineages/schema';
import { BINDING_KINDS } from './requirement';

const text = z.string().min(1).max(500);
const Keep = z.strictObject({ keep: z.literal(true) }).meta({ title: 'The same as in the source' });
const Thing = z.strictObject({ n8nId: text, name: text }).meta({ title: 'A thing of the instance, by its id there' });
const VariableName = z.strictObject({ name: text }).meta({ title: 'Another variable' });
const Override = z
  .strictObject({
    /** The node's name, or its key. */
    node: text,
    /** From the node: `["parameters", "url"]`. */
    path: z
      .array(z.union([z.string().max(500), z.number().int().min(0)]))
      .min(2)
      .max(50),
    type: z.enum(['text', 'expression', 'number', 'boolean', 'json']),
    value: z.json(),
  })
  .meta({ title: 'The value of one parameter' });
export const BindingValue = z.union([Keep, Thing, VariableName, Override]).meta({ id: 'BindingValue' });

/** What a requirement is met by in one environment. */
export const Binding = z
  .object({
    id: Id,
    environment: EnvironmentRef,
    /** Null: it serves every workflow there. */
    lineage: LineageRef.nullable(),
    kind: z.enum(BINDING_KINDS),
    /** `httpHeaderAuth:Shop API`: the type and name in the source; for the other kinds the name alone. */
    requirement: z.string(),
    value: BindingValue,
    /** `gone`: what it names is no longer in the environment. Neither that nor `expired` is used; it has to be renewed. */
    state: z.enum(['in_force', 'expired', 'gone']),
    /** The person or team that answers for it. */
    owner: z.string(),
    reason: z.string(),
    expiresAt: Timestamp.nullable(),
    /** Null while nobody looked at it since it was last changed. */
    reviewedAt: Timestamp.nullable(),
    reviewedBy: z.object({ type: z.string(), id: z.string().nullable(), label: z.string() }).nullable(),
    version: z.number().int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Binding' });
export type Binding = z.infer<typeof Binding>;

export const ListBindings = listQuery(['requirement', 'updatedAt', 'expiresAt'], 'requirement').extend({
  environmentId: Id.optional(),
  lineageId: Id.optional(),
  kind: z.enum(BINDING_KINDS).optional(),
  expired: Flag.optional(),
  reviewed: Flag.optional(),
});
export const BindingPage = pageOf(Binding);

const Reason = Prose(500);
const said = {
  /** Whoever answers for it; by default who declares it. */
  owner: Name(200).optional(),
  expiresAt: Timestamp.nullable().optional(),
};

export const CreateBinding = z.strictObject({
  environmentId: Id,
  lineageId: Id.nullable().optional(),
  kind: z.enum(BINDING_KINDS),
  /** Follows from the value for a parameter. */
  requirement: text.optional(),
  value: BindingValue,
  reason: Reason,
  ...said,
});
export type CreateBinding = z.output<typeof CreateBinding>;
export const UpdateBinding = z.strictObject({
  id: Id,
  value: BindingValue.optional(),
  reason: Reason.optional(),
  ...said,
});
export type UpdateBinding = z.output<typeof UpdateBinding>;
export const ReviewBinding = z.strictObject({ id: Id });

export const GetCredentialMatrix = z.object({
  /** Whose credentials are asked for; by default the first dev environment. */
  sourceEnvironmentId: Id.optional(),
});

/** How a credential of the source is met in one environment. */
export const CredentialCell = z
  .object({
    environmentId: Id,
    /** `declared` by a binding, found by its `name`, or the reason why a promotion would stop. */
    how: z.enum(['declared', 'name', 'missing', 'ambiguous', 'gone', 'expired']),
    /** What is used there; null where nothing is, or where it is kept as it is. */
    thing: z.object({ n8nId: z.string(), name: z.string() }).nullable(),
    bindingId: Id.nullable(),
    candidates: z.array(z.object({ n8nId: z.string(), name: z.string() })),
  })
  .meta({ id: 'CredentialCell' });
export type CredentialCell = z.infer<typeof CredentialCell>;

export const CredentialMatrix = z
  .object({
    source: EnvironmentRef.nullable(),
    environments: z.array(EnvironmentRef),
    rows: z.array(
      z.object({
        requirement: z.string(),
        type: z.string(),
        name: z.string(),
        /** Workflows of the source that use it. */
        workflows: z.number().int(),
        /** In the order of the environments. */
        cells: z.array(CredentialCell),
      }),
    ),
  })
  .meta({ id: 'CredentialMatrix' });
export type CredentialMatrix = z.infer<typeof CredentialMatrix>;
