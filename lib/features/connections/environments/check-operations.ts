import { z } from 'zod';
import { ROLES } from '@/lib/core/permissions';
import { ById, Id } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import type { Principal } from '@/lib/kernel/principal';
import type { ProbeReport } from '@/lib/ports/provider-probe';
import { decideAll, roleOf } from './model';
import { toConnectionTest, toInstanceReport } from './observation';
import { completeConnection, test } from './probing';
import {
  ConnectionTest,
  EnvironmentCapabilities,
  EnvironmentPolicy,
  GitConnectionTest,
  TestConnection,
  TestGitConnection,
} from './schema';
import { connect, recordConnection, toGuarded } from './service';
import { type EnvironmentRow, getEnvironmentRow, toRef } from './store';

export const testConnection = operation({
  name: 'environment.testConnection',
  summary: 'Try an address and a key without saving them',
  input: TestConnection,
  output: ConnectionTest,
  status: 200,
  permission: 'environment:write',
  rateClass: 'expensive',
  effect: 'read',
  run: async (ctx, input) => test(ctx, input.provider, await completeConnection(ctx, input)),
});

export const testGitConnection = operation({
  name: 'environment.testGitConnection',
  summary: 'Try the store of approved states',
  input: TestGitConnection,
  output: GitConnectionTest,
  status: 200,
  permission: 'environment:write',
  rateClass: 'expensive',
  effect: 'read',
  run: async (ctx, { store }) => ({ store, ...(await ctx.ports.approvedStore.check()) }),
});

export const probeEnvironment = operation({
  name: 'environment.probe',
  summary: 'Ask the instance again what it is and what works there',
  input: ById,
  output: ConnectionTest,
  status: 200,
  permission: 'environment:sync',
  rateClass: 'expensive',
  effect: 'write',
  audit: 'environment.probed',
  async run(ctx, { id }) {
    const { environment, provider } = await connect(ctx, id);
    const probe = await provider.probe({ signal: ctx.signal });
    const answer = toConnectionTest(probe);
    await ctx.tx(async (db) => {
      await recordConnection(db, id, probe.ok ? probe : { ok: false, problem: answer.problem! });
      const details = { ok: answer.ok, problem: answer.problem?.code };
      db.audit({ target: { type: 'environment', id, label: environment.name }, details });
      db.emit({ type: 'environment.changed', subject: id, payload: { environmentId: id } });
    });
    return answer;
  },
});

export const getEnvironmentCapabilities = operation({
  name: 'environment.capabilities',
  summary: 'What you may do here, and what the instance can do',
  input: ById,
  output: EnvironmentCapabilities,
  status: 200,
  permission: 'environment:read',
  effect: 'read',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const row = await getEnvironmentRow(db, id);
      const report = row.capabilities as ProbeReport | null;
      return { ...decisionsFor(ctx.principal, row), instance: report && toInstanceReport(report) };
    }),
});

export const getEnvironmentPolicy = operation({
  name: 'workflow.policy',
  summary: 'The action guard of an environment, for you and for each role',
  input: z.object({ environment_id: Id }),
  output: EnvironmentPolicy,
  status: 200,
  permission: 'environment:read',
  effect: 'read',
  run: (ctx, { environment_id }) =>
    ctx.tx(async (db) => {
      const row = await getEnvironmentRow(db, environment_id);
      const byRole = Object.fromEntries(ROLES.map((role) => [role, decideAll(toGuarded(row), role)]));
      return { ...decisionsFor(ctx.principal, row), byRole: byRole as z.input<typeof EnvironmentPolicy>['byRole'] };
    }),
});

function decisionsFor(principal: Principal, row: EnvironmentRow) {
  const role = roleOf(principal);
  return { environment: toRef(row), role, actions: decideAll(toGuarded(row), role) };
}
