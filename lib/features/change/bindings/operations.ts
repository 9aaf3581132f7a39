import { invalidField } from '@/lib/core/errors';
import { ById, Nothing } from '@/lib/core/schema';
import { assertAllowed } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { SQL_NULL } from '@/lib/kernel/db/sql';
import { operation } from '@/lib/kernel/operation';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { assertVersion } from '@/lib/kernel/version';
import { withoutSecretOf } from '@/lib/workflow/checks/secret-shapes';
import type { ParameterOverride } from '@/lib/workflow/remap/overrides';
import { getLineageRow } from '../lineages/store';
import { describeBinding, getBindingRow, listBindingRows, lockBinding } from './binding-store';
import { readCredentialMatrix } from './credential-matrix';
import { assertAhead, assertFree, assertThere, type Declaration, requirementOf } from './declaring';
import type { BindingValue } from './model';
import {
  Binding,
  BindingPage,
  CreateBinding,
  CredentialMatrix,
  GetCredentialMatrix,
  ListBindings,
  ReviewBinding,
  UpdateBinding,
} from './schema';

export const listBindings = operation({
  name: 'binding.list',
  summary: 'List what is declared to differ between environments',
  input: ListBindings,
  output: BindingPage,
  status: 200,
  permission: 'binding:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listBindingRows(db, query)),
});

export const getBinding = operation({
  name: 'binding.get',
  summary: 'One binding',
  input: ById,
  output: Binding,
  status: 200,
  permission: 'binding:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx((db) => describeBinding(db, id)),
});

export const createBinding = operation({
  name: 'binding.create',
  summary: 'Declare what a requirement is met by in an environment',
  description: 'For all its workflows, or for one lineage. What is declared is silent in drift and used by promotions.',
  input: CreateBinding,
  output: Binding,
  status: 201,
  permission: 'binding:write',
  effect: 'write',
  audit: 'binding.created',
  run: (ctx, input) =>
    ctx.tx(async (db) => {
      await getEnvironmentRow(db, input.environmentId, 'environmentId');
      if (input.lineageId) await getLineageRow(db, input.lineageId, 'lineageId');
      const { expiresAt, ...said } = input;
      const requirement = requirementOf(said);
      assertAhead(expiresAt);
      await assertThere(db, said, requirement);
      await assertFree(db, said, requirement);
      const { id } = await db.binding.create({
        data: {
          ...said,
          requirement,
          value: said.value as object,
          owner: said.owner ?? ctx.principal.actor.label,
          expiresAt: toDate(expiresAt ?? null),
          lineageId: said.lineageId ?? null,
        },
      });
      return recorded(db, id);
    }),
});

export const updateBinding = operation({
  name: 'binding.update',
  summary: 'Change or prolong a binding',
  description: 'Another value and a later end have to be reviewed anew.',
  input: UpdateBinding,
  output: Binding,
  status: 200,
  permission: 'binding:write',
  effect: 'write',
  audit: 'binding.updated',
  run: (ctx, { id, value, expiresAt, ...said }) =>
    ctx.tx(async (db) => {
      const row = await lockBinding(db, id);
      assertVersion(row, ctx.ifMatch);
      assertAhead(expiresAt);
      if (value) await assertFits(db, row, value as BindingValue);
      const isMore = value || (expiresAt !== undefined && isLater(expiresAt, row.expiresAt));
      await db.binding.update({
        where: { id },
        data: {
          ...said,
          ...(value ? { value: value as object } : {}),
          ...(isMore ? { reviewedAt: null, reviewedBy: SQL_NULL } : {}),
          ...(expiresAt === undefined ? {} : { expiresAt: toDate(expiresAt) }),
          version: { increment: 1 },
        },
      });
      return recorded(db, id, { before: audited(row.value) });
    }),
});

/** Null is no end. */
const isLater = (wanted: string | null, before: Date | null): boolean =>
  before !== null && (wanted === null || new Date(wanted) > before);

const toDate = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** Another value for the same requirement: a parameter stays the one it is. */
async function assertFits(db: TenantDb, row: Omit<Declaration, 'value'>, value: BindingValue): Promise<void> {
  const declaration = { ...row, value };
  const requirement = requirementOf(declaration);
  if (requirement !== row.requirement) throw invalidField('value', `This binding is for ${row.requirement}.`);
  await assertThere(db, declaration, requirement);
}

export const deleteBinding = operation({
  name: 'binding.delete',
  summary: 'Declare a difference no longer',
  input: ById,
  output: Nothing,
  status: 204,
  permission: 'binding:write',
  effect: 'write',
  audit: 'binding.deleted',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const row = await getBindingRow(db, id);
      await db.binding.delete({ where: { id } });
      db.audit({ target: { type: 'binding', id, label: row.requirement }, details: { before: audited(row.value) } });
      db.emit({ type: 'binding.changed', subject: id, payload: { environmentId: row.environmentId } });
    }),
});

export const reviewBinding = operation({
  name: 'binding.review',
  summary: 'Say that a binding has been looked at and is right',
  description: 'Only then it explains a difference, so it takes what accepting drift in that environment takes.',
  input: ReviewBinding,
  output: Binding,
  status: 200,
  permission: 'binding:write',
  versioned: true,
  effect: 'write',
  audit: 'binding.reviewed',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const row = await lockBinding(db, id);
      assertVersion(row, ctx.ifMatch);
      const environment = await getEnvironmentRow(db, row.environmentId);
      // Dev is held to nothing, so nothing is silenced there.
      if (environment.class !== 'dev') assertAllowed(ctx.principal, environment, 'acceptDrift');
      const data = { reviewedAt: new Date(), reviewedBy: ctx.principal.actor, version: { increment: 1 } };
      await db.binding.update({ where: { id }, data });
      return recorded(db, id);
    }),
});

export const getCredentialMatrix = operation({
  name: 'binding.credentials',
  summary: 'Credentials that an environment uses, and how every other environment meets them',
  input: GetCredentialMatrix,
  output: CredentialMatrix,
  status: 200,
  permission: 'binding:read',
  effect: 'read',
  run: (ctx, { sourceEnvironmentId }) =>
    ctx.tx(async (db) => {
      if (sourceEnvironmentId) await getEnvironmentRow(db, sourceEnvironmentId, 'sourceEnvironmentId');
      return readCredentialMatrix(db, sourceEnvironmentId);
    }),
});

async function recorded(db: TenantDb, id: string, details: Record<string, unknown> = {}): Promise<Binding> {
  const binding = await describeBinding(db, id);
  db.audit({
    target: { type: 'binding', id, label: binding.requirement },
    details: { value: audited(binding.value), ...details },
  });
  db.emit({ type: 'binding.changed', subject: id, payload: { environmentId: binding.environment.id } });
  return binding;
}

/** A value as the audit log keeps it, for ever: without the secret that somebody may have written into a parameter. */
function audited(bound: unknown): unknown {
  const { path, value } = bound as Partial<ParameterOverride>;
  if (!path || typeof value !== 'string') return bound;
  return { ...(bound as object), value: withoutSecretOf(String(path.at(-1)), value) };
}
