import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  approveWorkflows,
  readApprovedIndex,
  readApprovedWorkflows,
  refreshApprovedIndex,
  type StoreContext,
} from '@/lib/features/change/approved-state/service';
import { newEnvironment, refresh } from '@/lib/features/inventory/environment.fixture';
import { sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { as, closeHouse, newTenant } from '@/lib/testing/house';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { HistoryHouse } from '../history.fixture';
import { getApproved, refreshApproved, saveApproved } from './approved-operations';

const house = new HistoryHouse();
let dev: string;

beforeEach(async () => {
  await house.begin();
  dev = await newEnvironment(house.kernel, house.tenant, 'Lab');
});
afterAll(() => closeHouse(house.kernel));

const developer = () => house.as('developer');
const save = async (input: object = {}) => {
  const { jobId } = await (await developer())(saveApproved, { environmentId: dev, ...input });
  return house.work(jobId);
};
const indexOf = (environmentId = dev) => house.context().tx((db) => readApprovedIndex(db, environmentId));
const pathOf = async (name: string) => {
  const entry = (await indexOf())!.entries.find((one) => one.name === name)!;
  return `environments/lab/workflows/${entry.file}`;
};

describe('the index follows git', () => {
  beforeEach(async () => {
    house.instance.add('Orders');
    house.instance.add('Refunds');
    await save();
  });

  test('after a process was killed between its commit and its index', async () => {
    const before = await indexOf();
    house.instance.add('Late');
    const context = house.context();
    let commits = 0;
    const killed: StoreContext = {
      ...context,
      tx: (run, options) => {
        if (commits > 0) throw new Error('killed');
        return context.tx(run, options);
      },
      ports: {
        ...house.kernel.ports,
        approvedStore: {
          ...house.kernel.ports.approvedStore,
          forTenant: (id) => {
            const inner = house.kernel.ports.approvedStore.forTenant(id);
            return { ...inner, commit: (...call) => inner.commit(...call).finally(() => commits++) };
          },
        },
      },
    };
    const lineage = { id: randomUUID(), slug: 'late' };
    const workflow = readWorkflow(sampleDocument('Late')).workflow!;
    const request = {
      environmentId: dev,
      workflows: [{ lineage, n8nId: 'x', workflow }],
      scope: 'these' as const,
      message: 'Late',
    };
    await expect(approveWorkflows(killed, request)).rejects.toThrow('killed');
    expect(await indexOf()).toEqual(before);
    expect((await refreshApprovedIndex(house.context(), dev))?.entries.map(({ name }) => name)).toEqual([
      'Late',
      'Orders',
      'Refunds',
    ]);
    expect(await approveWorkflows(house.context(), request)).toMatchObject({ status: 'unchanged' });
    expect(await house.store().log()).toHaveLength(2);
  });

  test('after somebody pushed: the file counts, and what was done to it is said', async () => {
    const path = await pathOf('Orders');
    await house.push([[path, JSON.stringify({ ...sampleDocument('Orders'), nodes: [], connections: {} })]]);
    const index = await refreshApprovedIndex(house.context(), dev);
    const lineageId = index!.entries.find(({ name }) => name === 'Orders')!.lineageId;
    expect(index!.problems).toMatchObject([{ code: 'edited_by_hand', path, lineageId }]);
    const bodies = await readApprovedWorkflows(house.context(), dev, [lineageId]);
    expect(bodies.get(lineageId)!.nodes).toEqual([]);
  });

  test('and keeps what it knows when the push was for another environment', async () => {
    const before = await indexOf();
    await house.push([['environments/elsewhere/manifest.json', '{}']]);
    const after = await refreshApprovedIndex(house.context(), dev);
    expect(after).toEqual({ ...before, headSha: await house.store().head() });
    expect(await indexOf()).toEqual(after);
  });

  test('down to no baseline, when all was taken away', async () => {
    const tree = await house.store().readTree('main');
    await house.push(tree.map(({ path }) => [path, null]));
    expect(await refreshApprovedIndex(house.context(), dev)).toBeNull();
    expect(await indexOf()).toBeNull();
  });

  test('and stands still at an unreadable manifest, over which nothing is written', async () => {
    await house.push([['environments/lab/manifest.json', '<<<<<<< HEAD']]);
    const head = await house.store().head();
    await expect(refreshApprovedIndex(house.context(), dev)).rejects.toMatchObject({ rule: 'manifest_unreadable' });
    house.instance.add('More');
    expect(await save()).toMatchObject({ status: 'failed', error: { code: 'manifest_unreadable' } });
    expect(await house.store().head()).toBe(head);
    const told = await (await developer())(getApproved, { id: dev });
    expect(told).toMatchObject({ baseline: true, problems: [{ code: 'manifest_unreadable' }] });
    expect(told.workflows).toHaveLength(2);
  });

  test('also when many look and write at once', async () => {
    const writers = Array.from({ length: 6 }, (_, at) => {
      const workflow = readWorkflow(sampleDocument(`Made ${at}`)).workflow!;
      const lineage = { id: randomUUID(), slug: `made-${at}` };
      const workflows = [{ lineage, n8nId: `m${at}`, workflow }];
      return approveWorkflows(house.context(), {
        environmentId: dev,
        workflows,
        scope: 'these',
        message: `Made ${at}`,
      });
    });
    await Promise.all([...writers, refreshApprovedIndex(house.context(), dev)]);
    const index = await refreshApprovedIndex(house.context(), dev);
    expect(index!.entries).toHaveLength(8);
    expect(await indexOf()).toEqual(index);
  });

  test('and reading it anew tells how the environment differs, without writing to it', async () => {
    const [orders] = house.instance.workflows.values();
    house.instance.edit(orders!.id, { ...sampleDocument(orders!.document.name), nodes: [], connections: {} });
    await refresh(house.kernel, house.tenant, dev);
    house.instance.forget();
    const { jobId } = await (await developer())(refreshApproved, { environmentId: dev });
    expect((await house.work(jobId)).result).toMatchObject({
      baseline: true,
      differences: [{ name: orders!.document.name, difference: 'modified' }],
    });
    expect(house.instance.calls).toEqual([]);
  });

  test('and is no business of another tenant', async () => {
    const other = await newTenant(house.kernel);
    await expect(refreshApprovedIndex(house.context(other), dev)).rejects.toMatchObject({ kind: 'not_found' });
    await expect((await as(house.kernel, other, 'admin'))(getApproved, { id: dev })).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect(await house.kernel.ports.approvedStore.forTenant(other.id).head()).toBeNull();
  });
});
