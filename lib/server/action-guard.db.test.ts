import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES } from '@/lib/core/permissions';
import {
  decide,
  ENVIRONMENT_CLASSES,
  type EnvironmentClass,
  type GuardedAction,
} from '@/lib/features/connections/environments/model';
import {
  edit,
  Instances,
  type Place,
  parentDocument,
  pointing,
  refreshAll,
} from '@/lib/features/delivery/delivery.fixture';
import { work } from '@/lib/features/inventory/environment.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { adminOf, withSession } from '@/lib/testing/requests';
import { type Answer, openRest, type Rest } from '@/lib/testing/rest';

/** An environment with everything in it that a guarded door asks for. */
type Scene = { place: Place; snapshotId: string; incidentId: string | null };

const instances = new Instances();
let kernel: Kernel;
let tenant: TestTenant;
let rest: Rest;
const scenes = new Map<EnvironmentClass, Scene>();

beforeAll(async () => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
  kernel.rateLimiter.consume = async () => {};
  rest = await openRest();
  tenant = await newTenant(kernel);
  for (const tier of ENVIRONMENT_CLASSES) scenes.set(tier, await furnish(tier));
}, 300_000);
afterAll(() => closeHouse(kernel));

async function furnish(tier: EnvironmentClass): Promise<Scene> {
  const place = await instances.connect(kernel, tenant, tier);
  const { id: n8nId } = place.instance.seed(parentDocument('Parent'));
  await refreshAll(kernel, tenant, place);
  const admin = adminOf(tenant);
  const done = async (call: string, body?: object) => {
    const answer = await rest(admin, call, body);
    expect(await work(kernel, tenant, answer.body.jobId)).toMatchObject({ status: 'completed' });
  };
  const approve = tier === 'dev' ? 'POST /workflows/sync-to-github' : `POST /environments/${place.id}/adopt`;
  await done(approve, tier === 'dev' ? { environmentId: place.id } : {});
  const snapshots = await rest(admin, `GET /snapshots?environmentId=${place.id}`);
  edit(place, n8nId, pointing('https://hotfix.example.com'));
  if (tier !== 'dev') await done(`POST /environments/${place.id}/drift-check`);
  const incidents = await rest(admin, `GET /incidents?environmentId=${place.id}`);
  return { place, snapshotId: snapshots.body.items[0].id, incidentId: incidents.body.items[0]?.id ?? null };
}

type Ask = (scene: Scene) => [call: string, body?: object] | null;
const resolve =
  (resolution: string): Ask =>
  ({ incidentId }) =>
    incidentId
      ? [`POST /incidents/${incidentId}/resolve`, { resolution, reason: 'Asked', ...until(resolution) }]
      : null;
const until = (resolution: string) => (resolution === 'accept' ? { expiresAt: '2999-01-01T00:00:00Z' } : {});

/** The doors of the main job that a class of environment guards; dev has no incident to resolve. */
const DOORS: [GuardedAction, Ask][] = [
  ['refresh', ({ place }) => [`POST /environments/${place.id}/sync`]],
  ['compare', ({ place }) => ['POST /workflows/sync-from-github', { environmentId: place.id }]],
  ['snapshot', ({ place }) => ['POST /snapshots', { environmentId: place.id }]],
  ['driftCheck', ({ place }) => [`POST /environments/${place.id}/drift-check`]],
  ['saveApproved', ({ place }) => ['POST /workflows/sync-to-github', { environmentId: place.id }]],
  ['adopt', ({ place }) => [`POST /environments/${place.id}/adopt`, {}]],
  ['restore', ({ snapshotId }) => [`POST /snapshots/${snapshotId}/restore`, {}]],
  ['revert', resolve('revert')],
  ['keepHotfix', resolve('keep')],
  ['acceptDrift', resolve('accept')],
];

const isRefused = ({ status, body }: Answer) => status === 403 || body?.code === 'action_not_allowed';

describe.each(DOORS)('%s', (action, ask) => {
  test.each(ENVIRONMENT_CLASSES)('in %s the door lets through whom the table does, and nobody else', async (tier) => {
    const scene = scenes.get(tier)!;
    const asked = ask(scene);
    if (!asked) return expect(decide(action, { name: tier, class: tier, forbidden: [] }, 'admin').allowed).toBe(false);
    const [call, body] = asked;
    for (const role of ROLES) {
      const answer = await rest(withSession(role, tenant.people[role].sessionToken, tenant.slug), call, body);
      expect(answer.status).toBeLessThan(500);
      const { allowed } = decide(action, { name: tier, class: tier, forbidden: [] }, role);
      expect({ role, refused: isRefused(answer) }).toEqual({ role, refused: !allowed });
    }
  });
});
