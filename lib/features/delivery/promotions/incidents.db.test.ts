import { afterAll, beforeAll, expect, test } from 'vitest';
import { updateDriftPolicy } from '@/lib/features/drift/drift-policies/operations';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { Instances } from '../delivery.fixture';
import { ReleaseScene } from '../release.fixture';

const instances = new Instances();
let kernel: Kernel;

beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));

const HOUR_MS = 3_600_000;

test('an incident in the target stops promotions into it when the policy says so, and only then', async () => {
  const scene = await ReleaseScene.open(kernel, instances);
  const { parentId } = await scene.family();
  const now = new Date();
  await kernel.database.asTenant(scene.tenant.id, (db) =>
    db.incident.create({
      data: {
        environmentId: scene.production.id,
        severity: 'high',
        title: 'Parent drifted',
        driftDigest: 'any',
        dueAt: new Date(now.getTime() + HOUR_MS),
        detectedAt: now,
        lastSeenAt: now,
      },
    }),
  );
  const admin = await scene.admin();
  const codes = async (template: 'strict' | 'relaxed') => {
    await admin(updateDriftPolicy, { template });
    const { problems, status } = await scene.initiate([parentId]);
    return { status, isBlocked: problems.some(({ code }) => code === 'drift_open') };
  };
  expect(await codes('strict')).toEqual({ status: 'pending', isBlocked: true });
  expect(await codes('relaxed')).toEqual({ status: 'pending_approval', isBlocked: false });
});
