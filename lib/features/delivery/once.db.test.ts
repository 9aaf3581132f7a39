import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, openHouse } from '@/lib/testing/house';
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
type Outcome<T> = { done: T[]; refused: unknown[] };

/** The same, asked for so often at the same moment. */
async function atOnce<T>(ask: (nth: number) => Promise<T>): Promise<Outcome<T>> {
  const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, (_, nth) => ask(nth)));
  return {
    done: outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    refused: outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  };
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
  const admin = await scene.admin();
  const developer = await scene.developer();

  const approvals = await atOnce(() => admin(approvePromotion, { id }));
  expect(approvals.done).toHaveLength(1);
  for (const refusal of approvals.refused) expect(refusal).toMatchObject({ kind: 'conflict' });
  const approved = await developer(getPromotion, { id });
  expect([approved.status, approved.decisions.length]).toEqual(['approved', 1]);

  const executions = await atOnce((nth) => (nth % 2 ? admin : developer)(executePromotion, { id }));
  expect(executions.done).toHaveLength(1);
  for (const refusal of executions.refused) expect(refusal).toMatchObject({ kind: 'conflict' });
  const { deploymentId, jobId } = executions.done[0]!;
  expect(await deliver(jobId)).toMatchObject({ status: 'completed', result: { status: 'completed' } });
  expect(writes()).toEqual(planned(approved.plan!.steps));

  const rollbacks = await atOnce(() => admin(rollBackDeployment, { id: deploymentId, execute: true }));
  expect(rollbacks.done).toHaveLength(1);
  for (const refusal of rollbacks.refused) expect(refusal).toMatchObject({ kind: 'conflict' });
  const [rollback] = rollbacks.done;
  expect(await deliver(rollback!.jobId!)).toMatchObject({ status: 'completed', result: { status: 'completed' } });
  expect(writes()).toEqual(planned(rollback!.plan.steps));

  const viewer = await as(kernel, scene.tenant, 'viewer');
  expect((await viewer(listDeployments, { promotionId: id })).items.map(({ kind }) => kind).sort()).toEqual([
    ...['promotion', 'rollback'],
  ]);
  expect(await viewer(getDeployment, { id: deploymentId })).toMatchObject({ rollbackId: rollback!.id });
});
