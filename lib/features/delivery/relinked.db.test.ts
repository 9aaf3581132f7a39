import { afterAll, beforeAll, expect, test } from 'vitest';
import { ignoreWorkflow, linkWorkflow, unlinkWorkflow } from '@/lib/features/change/lineages/link-operations';
import { checkDrift } from '@/lib/features/drift/drift-detection/operations';
import { adoptEnvironment, saveApproved } from '@/lib/features/history/snapshots/approved-operations';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { childDocument, Instances, idOf, parentDocument, refreshAll } from './delivery.fixture';
import { executePromotion } from './deployments/operations';
import { ReleaseScene } from './release.fixture';

const instances = new Instances();
let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));

/** Production was adopted before anybody said that its Kid is dev's Child: it began a lineage of its own. */
async function relinked() {
  const scene = await ReleaseScene.open(kernel, instances);
  const { production, dev, tenant } = scene;
  const admin = await scene.admin();
  const inDev = dev.instance.seed(childDocument('Child'));
  const inProduction = production.instance.seed(parentDocument('Kid'));
  await refreshAll(kernel, tenant, dev, production);
  await scene.work((await admin(saveApproved, { environmentId: dev.id })).jobId);
  await scene.work((await admin(adoptEnvironment, { id: production.id })).jobId);
  const workflowId = await idOf(kernel, tenant, dev, inDev.id);
  const targetId = await idOf(kernel, tenant, production, inProduction.id);
  const { lineageId } = await kernel.database.asTenant(tenant.id, (db) =>
    db.workflowLink.findFirstOrThrow({ where: { workflowId } }),
  );
  await admin(linkWorkflow, { id: targetId, lineageId, reason: 'The same' });
  return { scene, admin, workflowId, targetId };
}

const choose = (workflowId: string) => ({ choices: [{ workflowId, resolve: 'overwrite' }] });

async function checked({ production, ...scene }: ReleaseScene) {
  const admin = await scene.admin();
  const { jobId } = await admin(checkDrift, { id: production.id });
  const { result } = await scene.work(jobId);
  const approved = await kernel.database.asTenant(scene.tenant.id, (db) =>
    db.approvedWorkflow.count({ where: { environmentId: production.id } }),
  );
  return { result, approved };
}

test('what was promoted over a workflow that had been approved under another lineage is approved once, and no drift', async () => {
  const { scene, workflowId } = await relinked();
  expect(await scene.release([workflowId], choose(workflowId))).toMatchObject({ status: 'completed' });
  expect(await checked(scene)).toMatchObject({ result: { status: 'clean' }, approved: 1 });
});

test.each([
  ['unlinked', unlinkWorkflow],
  ['ignored', ignoreWorkflow],
])('what was promoted is approved also when somebody %s it while it was written', async (_, leave) => {
  const { scene, admin, workflowId, targetId } = await relinked();
  const { id } = await scene.approved([workflowId], choose(workflowId));
  const { jobId } = await (await scene.developer())(executePromotion, { id });
  await admin(leave, { id: targetId, reason: 'Not the same' });
  expect(await scene.work(jobId)).toMatchObject({ status: 'completed' });
  expect(await checked(scene)).toMatchObject({ result: { status: 'clean' }, approved: 1 });
});
