import { ById, Nothing } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { reserve } from '@/lib/kernel/plan-limit';
import { assertVersion } from '@/lib/kernel/version';
import { toBaseUrl } from './observation';
import { assertKeyStays, mustAnswer, observed, sealKey } from './probing';
import {
  CreateEnvironment,
  Environment,
  EnvironmentLimits,
  EnvironmentPage,
  ListEnvironments,
  type PlanUse,
  UpdateEnvironment,
} from './schema';
import { openKey } from './service';
import {
  assertNameFree,
  countedEnvironments,
  deleteEnvironmentRow,
  freeSlug,
  getEnvironmentRow,
  listEnvironmentRows,
  saveSecret,
  toEnvironment,
  toRef,
} from './store';

/** A person's first refresh comes at once; one that nobody asks for comes this much later. */
const FIRST_SYNC_MS = 120_000;

export const listEnvironments = operation({
  name: 'environment.list',
  summary: 'List environments, dev first',
  input: ListEnvironments,
  output: EnvironmentPage,
  status: 200,
  permission: 'environment:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listEnvironmentRows(db, query)),
});

export const getEnvironment = operation({
  name: 'environment.get',
  summary: 'Get an environment',
  input: ById,
  output: Environment,
  status: 200,
  permission: 'environment:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx(async (db) => toEnvironment(await getEnvironmentRow(db, id))),
});

export const createEnvironment = operation({
  name: 'environment.create',
  summary: 'Connect an instance',
  description: 'The instance is asked first: a wrong address or key is refused with the field to correct.',
  input: CreateEnvironment,
  output: Environment,
  status: 201,
  permission: 'environment:write',
  feature: 'environment_basic',
  rateClass: 'expensive',
  effect: 'write',
  audit: 'environment.created',
  async run(ctx, { apiKey, saveUnreachable, ...input }) {
    const baseUrl = toBaseUrl(input.baseUrl);
    const seen = await mustAnswer(ctx, input.provider, { baseUrl, apiKey }, { saveUnreachable });
    const key = sealKey(ctx, apiKey);
    return ctx.tx(async (db) => {
      await reserve(db, ctx.principal.limits, 'environments', () => db.environment.count());
      const slug = await freeSlug(db, input.name);
      await saveSecret(db, key.id, key.value);
      const nextSyncAt = new Date(Date.now() + FIRST_SYNC_MS);
      const row = await db.environment.create({
        data: { ...input, baseUrl, slug, secretId: key.id, apiKeyHint: key.hint, nextSyncAt, ...observed(seen) },
      });
      db.audit({ target: target(row), details: { class: row.class, baseUrl, provider: row.provider } });
      db.emit(changed(row.id));
      return toEnvironment(row);
    });
  },
});

export const updateEnvironment = operation({
  name: 'environment.update',
  summary: 'Change an environment',
  description: 'What is left out stays. Another host needs the API key again; address and key are tried before saving.',
  input: UpdateEnvironment,
  output: Environment,
  status: 200,
  permission: 'environment:write',
  rateClass: 'expensive',
  effect: 'write',
  audit: 'environment.updated',
  async run(ctx, { id, apiKey, saveUnreachable, ...input }) {
    const before = await ctx.tx((db) => getEnvironmentRow(db, id));
    assertVersion(before, ctx.ifMatch);
    const baseUrl = input.baseUrl ? toBaseUrl(input.baseUrl) : before.baseUrl;
    const reconnects = apiKey !== undefined || baseUrl !== before.baseUrl;
    if (!apiKey) assertKeyStays(before, baseUrl);
    const connection = { baseUrl, apiKey: apiKey ?? (reconnects ? await openKey(ctx, before) : '') };
    const seen = reconnects ? await mustAnswer(ctx, before.provider, connection, { saveUnreachable }) : null;
    const key = apiKey === undefined ? null : sealKey(ctx, apiKey);
    return ctx.tx(async (db) => {
      assertVersion(await getEnvironmentRow(db, id), before.version);
      if (input.name) await assertNameFree(db, input.name, id);
      if (key) await saveSecret(db, key.id, key.value);
      const row = await db.environment.update({
        where: { id },
        data: {
          ...input,
          baseUrl,
          ...(key ? { secretId: key.id, apiKeyHint: key.hint } : {}),
          ...(seen ? observed(seen) : {}),
          version: { increment: 1 },
        },
      });
      if (key) await db.secret.deleteMany({ where: { id: before.secretId } });
      db.audit({ target: target(row), details: { ...input, baseUrl, keyReplaced: key !== null } });
      db.emit(changed(id));
      return toEnvironment(row);
    });
  },
});

export const deleteEnvironment = operation({
  name: 'environment.delete',
  summary: 'Disconnect an instance and forget its inventory',
  description: 'Nothing on the instance changes.',
  input: ById,
  output: Nothing,
  status: 204,
  permission: 'environment:write',
  versioned: true,
  effect: 'write',
  audit: 'environment.deleted',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const row = await getEnvironmentRow(db, id);
      assertVersion(row, ctx.ifMatch);
      await deleteEnvironmentRow(db, row);
      db.audit({ target: target(row), details: { class: row.class, baseUrl: row.baseUrl } });
      db.emit(changed(id));
    }),
});

export const getEnvironmentLimits = operation({
  name: 'environment.limits',
  summary: 'How many environments and workflows the plan allows, and how many there are',
  input: ById.omit({ id: true }),
  output: EnvironmentLimits,
  status: 200,
  permission: 'environment:read',
  effect: 'read',
  async run(ctx) {
    const { limits } = ctx.principal;
    const rows = await ctx.tx((db) => countedEnvironments(db));
    const plan = planUse(limits?.environments, rows.length);
    const byEnvironment = rows.map((row) => ({
      environment: toRef(row),
      workflows: planUse(limits?.workflows_per_environment, row.workflowCount ?? 0),
    }));
    const workflows = byEnvironment.reduce((sum, one) => sum + one.workflows.used, 0);
    return { plan, canAdd: plan.remaining !== 0, workflows: planUse(limits?.workflows, workflows), byEnvironment };
  },
});

function planUse(limit: number | null | undefined, used: number): PlanUse {
  if (limit == null) return { limit: null, used, remaining: null, over: false };
  return { limit, used, remaining: Math.max(0, limit - used), over: used > limit };
}

const target = ({ id, name }: { id: string; name: string }) => ({ type: 'environment', id, label: name });
const changed = (id: string) => ({ type: 'environment.changed', subject: id, payload: { environmentId: id } });
