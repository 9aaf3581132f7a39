import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLE_PERMISSIONS } from '@/lib/core/permissions';
import type { Kernel } from '@/lib/kernel/kernel';
import { resolvePrincipal } from '@/lib/server/principal';
import { as, callerOf, closeHouse, newApiKey, openHouse } from '@/lib/testing/house';
import { Instances } from './delivery.fixture';
import { executePromotion, getDeployment, listDeployments, rollBackDeployment } from './deployments/operations';
import { approvePromotion } from './promotions/decision-operations';
import { getPromotion } from './promotions/operations';
import { ReleaseScene } from './release.fixture';

const instances = new Instances();
let kernel: Kernel;
let scene: ReleaseScene;

beforeAll(async () => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
  scene = await ReleaseScene.open(kernel, instances);
});
afterAll(() => closeHouse(kernel));

const AT_ONCE = 50;
/** Each may ask for so much a minute; with this many none of the fifty is turned away for that. */
const CALLERS = 5;
type Caller = Awaited<ReturnType<ReleaseScene['admin']>>;

/** Keys of the admin's: each counts by itself, and all are the same person. */
async function admins(): Promise<Caller[]> {
  const { id, people } = scene.tenant;
  const keys = await kernel.database.asPlatform(async (db) => {
    const made: string[] = [];
    for (let n = 0; n < CALLERS; n++) made.push(await newApiKey(db, id, people.admin.id, ROLE_PERMISSIONS.admin));
    return made;
  });
  const callers = keys.map(async (bearer) =>
    callerOf(kernel, await resolvePrincipal(kernel.database, { bearer, sessionToken: null, tenant: null })),
  );
  return Promise.all(callers);
}

/** The same, asked for so often at the same moment: what the one that was done came to. */
async function atOnce<T>(callers: readonly Caller[], ask: (call: Caller) => Promise<T>): Promise<T> {
  const asked = Array.from({ length: AT_ONCE }, (_, nth) => ask(callers[nth % callers.length]!));
  const outcomes = await Promise.allSettled(asked);
  const done = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(done).toHaveLength(1);
  // Where the machine is busy, a database that gives no connection in time has turned somebody away too.
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.kind] : []));
  expect(refused.filter((kind) => kind !== 'conflict' && kind !== 'upstream')).toEqual([]);
  return done[0]!;
}

const writes = () => scene.production.instance.calls.filter((call) => !/^(get|list|probe|fit)/.test(call));
/** What a plan says is written, in the words of the port. */
const planned = (steps: { action: string }[]) =>
  steps.filter(({ action }) => action !== 'probe').map(({ action }) => `${action}Workflow`);

/** One job, delivered to several workers at once as a queue that promises at least once may do. */
async function deliver(jobId: string) {
  scene.production.instance.calls.length = 0;
  await Promise.all(Array.from({ length: 5 }, () => scene.work(jobId)));
  return scene.work(jobId);
}

test('50 approvals, executions and rollbacks of one promotion at once have one effect each, also on the instance', async () => {
  const { parentId } = await scene.family();
  const { id } = await scene.initiate([parentId]);
  const callers = await admins();
  const developer = await scene.developer();

  await atOnce(callers, (call) => call(approvePromotion, { id }));
  const approved = await developer(getPromotion, { id });
  expect([approved.status, approved.decisions.length]).toEqual(['approved', 1]);

  const { deploymentId, jobId } = await atOnce([developer, ...callers], (call) => call(executePromotion, { id }));
  expect(await deliver(jobId)).toMatchObject({ status: 'completed', result: { status: 'completed' } });
  expect(writes()).toEqual(planned(approved.plan!.steps));

  const rollback = await atOnce(callers, (call) => call(rollBackDeployment, { id: deploymentId, execute: true }));
  expect(await deliver(rollback.jobId!)).toMatchObject({ status: 'completed', result: { status: 'completed' } });
  expect(writes()).toEqual(planned(rollback.plan.steps));

  const viewer = await as(kernel, scene.tenant, 'viewer');
  expect((await viewer(listDeployments, { promotionId: id })).items.map(({ kind }) => kind).sort()).toEqual([
    ...['promotion', 'rollback'],
  ]);
  expect(await viewer(getDeployment, { id: deploymentId })).toMatchObject({ rollbackId: rollback.id });
});
