import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { createBinding } from '@/lib/features/change/bindings/operations';
import { refresh, work } from '@/lib/features/inventory/environment.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { IS_FULL, sample } from '@/lib/testing/sample';
import { partDigests } from '@/lib/workflow/digest/digest';
import { realBodies } from '@/lib/workflow/fixtures/real-workflows.fixture';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { executePromotion, getDeployment } from './deployments/operations';
import { createPipeline } from './pipelines/operations';
import { initiatePromotion } from './promotions/operations';
import {
  carried,
  connectReal,
  documentOf,
  everything,
  makeCredential,
  type RealPlace,
  removeCredential,
  requirementsOf,
} from './real-release.fixture';

type Line = '1.x' | '2.x';
const LONG = { timeout: 1_200_000 };
const MARK = 'from ';
/** One in so many credentials exists in the source alone. */
const WITHHELD = 30;

const bodies = sample(realBodies(), 24);

describe.runIf(bodies.length > 0).each([
  ['1.x', '2.x'],
  ['2.x', '1.x'],
] as [Line, Line][])('real workflows from a real n8n %s to a real n8n %s', LONG, (from, to) => {
  const egress = createEgress({ mode: 'private' });
  const kind = n8nProvider({ egress });
  let kernel: Kernel;
  let tenant: TestTenant;
  let source: RealPlace;
  let target: RealPlace;
  let route: { pipelineId: string; stageId: string };
  /** Of the target, by type and name. */
  const credentials = new Map<string, string>();
  const made: [place: RealPlace, id: string][] = [];
  /** Our ids in the source, by n8n's. */
  const ours = new Map<string, string>();
  let promotable: string[] = [];

  beforeAll(async () => {
    kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
    tenant = await newTenant(kernel);
    const house = { kernel, tenant, kind };
    source = await connectReal(house, inject('n8n')[from], 'dev');
    target = await connectReal(house, inject('n8n')[to], 'production');
    const hop = { sourceEnvironmentId: source.id, targetEnvironmentId: target.id, requireApproval: false };
    const admin = await as(kernel, tenant, 'admin');
    const { id, stages } = await admin(createPipeline, { name: 'Release', stages: [hop] });
    route = { pipelineId: id, stageId: stages[0]!.id };

    const documents = bodies.map(([file, body]) => documentOf(file, body, MARK + from));
    const required = [...requirementsOf(documents.flatMap(({ nodes }) => nodes))];
    for (const [at, [key, requirement]] of required.entries()) {
      const make = async (place: RealPlace) => {
        const id = await makeCredential(place, requirement);
        if (id) made.push([place, id]);
        return id;
      };
      const [, there] = await Promise.all([make(source), at % WITHHELD === 0 ? null : make(target)]);
      if (there) credentials.set(key, there);
    }
    const seeded = new Set<string>();
    for (const document of documents) seeded.add((await source.provider.createWorkflow(document)).workflow.id);
    for (const { id } of [source, target])
      expect(await refresh(kernel, tenant, id)).toMatchObject({ status: 'completed' });
    const rows = await kernel.database.asTenant(tenant.id, (db) =>
      db.workflow.findMany({ where: { environmentId: source.id, n8nId: { in: [...seeded] } } }),
    );
    for (const { n8nId, id } of rows) ours.set(n8nId, id);
    expect(ours.size).toBe(bodies.length);
    // n8n 1.x lists no credentials: who looked there says which one is meant.
    if (to === '1.x') {
      for (const [requirement, n8nId] of credentials) {
        const value = { n8nId, name: requirement.slice(requirement.indexOf(':') + 1) };
        const declared = { environmentId: target.id, kind: 'credential', requirement, value, reason: 'Made for it.' };
        await admin(createBinding, declared);
      }
    }
  }, LONG.timeout);

  afterAll(async () => {
    // The other direction, and other suites, are to meet none of it.
    for (const place of [source, target]) {
      for (const { id, document } of (await everything(place)).values()) {
        if (document.name.endsWith(MARK + from)) await place.provider.deleteWorkflow(id);
      }
    }
    for (const [place, id] of made) await removeCredential(place, id);
    await closeHouse(kernel);
    await egress.close();
  }, LONG.timeout);

  test(
    'what cannot be promoted is refused before anything is written, with the reason',
    async () => {
      const admin = await as(kernel, tenant, 'admin');
      const before = await everything(target);
      const promotion = await admin(initiatePromotion, { ...route, workflowIds: [...ours.values()] });
      const blocking = promotion.problems.filter(({ severity }) => severity === 'blocking');
      const reasons = Map.groupBy(blocking, ({ workflowId }) => workflowId);
      expect(promotion.status).toBe('pending');
      expect(reasons.has(null)).toBe(false);
      for (const { detail, remedy } of blocking)
        expect([detail, remedy]).toEqual([expect.stringMatching(/\S{3}/), expect.stringMatching(/\S{3}/)]);

      const lacking = [...(await everything(source)).values()].filter(
        ({ id, document }) =>
          ours.has(id) && [...requirementsOf(document.nodes).keys()].some((key) => !credentials.has(key)),
      );
      expect(lacking.length).toBeGreaterThan(0);
      for (const { id, document } of lacking) {
        expect(
          reasons.get(ours.get(id)!)?.map(({ code }) => code),
          document.name,
        ).toContain('credential_missing');
      }
      const missing = blocking
        .filter(({ code }) => code === 'credential_missing')
        .map(({ binding }) => binding!.requirement);
      for (const requirement of missing) expect(credentials.has(requirement), requirement).toBe(false);

      await expect(admin(executePromotion, { id: promotion.id })).rejects.toMatchObject({ kind: 'blocked' });
      expect(await everything(target)).toEqual(before);
      promotable = [...ours.values()].filter((id) => !reasons.has(id));
    },
    LONG.timeout,
  );

  test(
    'what can be is promoted, and reads back as the source, bound to the target',
    async () => {
      const admin = await as(kernel, tenant, 'admin');
      const promotion = await admin(initiatePromotion, { ...route, workflowIds: promotable });
      expect(promotion.problems.filter(({ severity }) => severity === 'blocking')).toEqual([]);
      const { deploymentId, jobId } = await admin(executePromotion, { id: promotion.id });
      expect(await work(kernel, tenant, jobId)).toMatchObject({ status: 'completed' });
      const deployment = await admin(getDeployment, { id: deploymentId });
      expect(deployment).toMatchObject({ status: 'completed', problems: [] });

      const [sources, targets] = [await everything(source), await everything(target)];
      const byName = new Map([...targets.values()].map((one) => [one.document.name, one]));
      const pairs = [...ours].flatMap(([n8nId, id]) => {
        if (!promotable.includes(id)) return [];
        const { document } = sources.get(n8nId)!;
        return [[document, byName.get(document.name)!] as const];
      });
      expect(pairs.length).toBe(promotable.length);
      const workflows = new Map(
        [...ours.keys()].flatMap((id) => {
          const there = byName.get(sources.get(id)!.document.name);
          return there ? [[id, there.id] as const] : [];
        }),
      );
      // Without the state: n8n gives webhook ids of its own to nodes that came without one.
      const digests = (document: object) => {
        const { state: _state, ...parts } = partDigests(readWorkflow(document).workflow!);
        return parts;
      };
      for (const [document, remote] of pairs) {
        const { document: taken } = await target.provider.fitWorkflow(carried(document, { workflows, credentials }), {
          to: 'create',
        });
        expect(digests(remote.document), document.name).toEqual(digests(taken));
      }
      if (IS_FULL) expect(pairs.length).toBeGreaterThanOrEqual(200);
      console.info(`${pairs.length} of ${bodies.length} real workflows promoted from ${from} to ${to}.`);
    },
    LONG.timeout,
  );
});
