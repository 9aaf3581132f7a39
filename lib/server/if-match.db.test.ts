import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { everyFlatDoor } from '@/lib/testing/doors';
import { closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { type Planted, plantRows } from '@/lib/testing/planted-rows';
import { adminOf, knock } from '@/lib/testing/requests';
import { obeysIfMatch } from './if-match';

/** Those of a workflow open their instance first, which no planted row has. */
const obeying = (await everyFlatDoor()).filter(
  ({ method, operation, path }) => obeysIfMatch(method, operation) && !path.startsWith('/workflows/'),
);

let kernel: Kernel;
let ours: TestTenant;
let planted: Planted;
beforeAll(async () => {
  kernel = openHouse();
  kernel.rateLimiter.consume = async () => {};
  ours = await newTenant(kernel);
  planted = await plantRows(ours);
});
afterAll(() => closeHouse(kernel));

test.each(obeying)(
  '$name writes nothing when the version that was looked at is not the one that stands',
  async (flat) => {
    const statuses = new Set<number>();
    for (const id of flat.parameters.length > 0 ? planted.ids : ['']) {
      const response = await knock(flat, { as: adminOf(ours), id, headers: { 'if-match': '"987654"' } });
      statuses.add(response.status);
    }
    expect([...statuses]).toContain(412);
  },
);
