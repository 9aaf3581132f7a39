import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkDrift } from '@/lib/features/drift/drift-detection/operations';
import { getIncident, listIncidents } from '@/lib/features/drift/incidents/operations';
import { resolveIncident } from '@/lib/features/drift/reconciliation/operations';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { edit, Instances, pointing } from './delivery.fixture';
import { ReleaseScene } from './release.fixture';

const instances = new Instances();
let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));

test.each(['revert', 'replace', 'keep'] as const)(
  'what was deleted and has been released anew is neither made twice nor given up by an older incident: %s',
  async (resolution) => {
    const scene = await ReleaseScene.open(kernel, instances);
    const { parentId } = await scene.family();
    await scene.release([parentId]);
    scene.production.instance.workflows.delete(scene.inProduction('Parent').id);
    const admin = await scene.admin();
    const { id: environmentId } = scene.production;
    await scene.work((await admin(checkDrift, { id: environmentId })).jobId);
    const [found] = (await admin(listIncidents, { environmentId, open: true })).items;
    edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
    const choices = [{ workflowId: parentId, resolve: 'overwrite' }];
    expect(await scene.release([parentId], { choices })).toMatchObject({ status: 'completed' });
    const anew = scene.inProduction('Parent');

    const { id, driftDigest } = await admin(getIncident, { id: found!.id });
    const { jobId } = await admin(resolveIncident, { id, resolution, reason: 'It was deleted', driftDigest });
    expect(await scene.work(jobId)).toMatchObject({ status: 'completed' });
    const parents = [...scene.production.instance.workflows.values()].filter(
      ({ document }) => document.name === 'Parent',
    );
    expect(parents).toEqual([anew]);
    expect(await admin(getIncident, { id })).toMatchObject({ status: 'closed' });
    await scene.work((await admin(checkDrift, { id: environmentId })).jobId);
    expect((await admin(listIncidents, { environmentId, open: true })).items).toEqual([]);
  },
);
