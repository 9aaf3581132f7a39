import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLE_PERMISSIONS } from '@/lib/core/permissions';
import { readArchive } from '@/lib/features/inventory/workflows/archive-reading';
import { zipOf } from '@/lib/features/inventory/workflows/zip.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import type { BodyLimit } from '@/lib/kernel/operation';
import { everyFlatDoor, type FlatDoor } from '@/lib/testing/doors';
import { HOSTILE_JSON, HOSTILE_UPLOADS, type HostileBody } from '@/lib/testing/hostile-bodies';
import { closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { adminOf, expectManners, knock } from '@/lib/testing/requests';

const doors = await everyFlatDoor();
const reading = doors.find(({ name }) => name === 'GET /admin/environment-types')!;
const writing = doors.filter(({ method }) => !['GET', 'DELETE'].includes(method));
const takesFields = ({ fields, parameters }: FlatDoor) => Object.keys(fields).length > parameters.length;
const withJson = writing.filter((flat) => flat.operation.bodyLimit !== 'upload' && takesFields(flat));
const withFiles = writing.filter(({ operation }) => operation.bodyLimit === 'upload');

let kernel: Kernel;
let tenant: TestTenant;
beforeAll(async () => {
  kernel = openHouse();
  kernel.rateLimiter.consume = async () => {};
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

/** What is refused says so in little: an answer as large as its question doubles what an attacker pays for. */
const MAX_ANSWER = 20_000;

/** Somebody else, whose requests go on in between. */
async function others(): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    const response = await knock(reading, { as: adminOf(tenant) });
    expect(response.status).toBe(200);
  }
}

async function send(flat: FlatDoor, { body, headers }: HostileBody, as = adminOf(tenant)): Promise<number> {
  const response = await knock(flat, { as, body: body(), headers });
  expectManners(response);
  expect((await response.text()).length).toBeLessThan(MAX_ANSWER);
  return response.status;
}

const MB = 1024 * 1024;
const MAX_GROWTH_MB = 150;
const MAX_DELAY_MS = 100;

/**
 * Runs `work` while watching what it costs this process: memory at its highest, and how long others had to wait, in
 * milliseconds of our own CPU between two turns of the loop: what other programs take of the machine does not count.
 */
async function watched(work: () => Promise<void>) {
  const before = process.memoryUsage().rss;
  let highest = before;
  const stretches: number[] = [];
  let last = process.cpuUsage();
  const sampling = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss);
    const { user, system } = process.cpuUsage(last);
    stretches.push((user + system) / 1_000);
    last = process.cpuUsage();
  }, 1);
  await work();
  clearInterval(sampling);
  stretches.sort((a, b) => a - b);
  const delayMs = stretches[Math.floor(stretches.length * 0.99)] ?? 0;
  return { growthMb: (highest - before) / MB, delayMs };
}

const limits: BodyLimit[] = ['json', 'workflow'];
const ceilings = limits.flatMap((limit) => {
  const flat = withJson.find(({ operation }) => (operation.bodyLimit ?? 'json') === limit);
  return flat ? [{ limit, flat }] : [];
});

describe('no hostile body gets more than a refusal, and none of them hurts the others:', () => {
  test.each(ceilings)('JSON at a door for $limit bodies', async ({ flat }) => {
    const verdicts: Record<string, number> = {};
    const cost = await watched(async () => {
      for (const hostile of HOSTILE_JSON) {
        verdicts[hostile.name] = await send(flat, hostile);
        await others();
      }
    });
    expect(Object.entries(verdicts).filter(([, status]) => status < 400 || status >= 500)).toEqual([]);
    expect(Object.keys(verdicts).length).toBeGreaterThanOrEqual(40);
    expect(cost.growthMb).toBeLessThan(MAX_GROWTH_MB);
    expect(cost.delayMs).toBeLessThan(MAX_DELAY_MS);
  });

  test.each(withFiles)('files at $name', async (flat) => {
    const verdicts: Record<string, number> = {};
    const cost = await watched(async () => {
      for (const hostile of HOSTILE_UPLOADS) {
        verdicts[hostile.name] = await send(flat, hostile);
        await others();
      }
    });
    expect(Object.entries(verdicts).filter(([, status]) => status < 400 || status >= 500)).toEqual([]);
    expect(cost.growthMb).toBeLessThan(MAX_GROWTH_MB);
    expect(cost.delayMs).toBeLessThan(MAX_DELAY_MS);
  });
});

test('ZIP bombs cost what they weigh, not what they hold', async () => {
  const zeros = Buffer.alloc(12 * MB);
  const entries = (count: number, content: Buffer | string) =>
    Array.from({ length: count }, (_, at) => ({ name: `${at}.json`, content }));
  const bombs = [
    zipOf(entries(20, zeros)),
    zipOf(entries(5, zeros).map((entry) => ({ ...entry, claims: { uncompressedSize: 10 } }))),
    zipOf(entries(2_001, '{}')),
    zipOf([{ name: 'a.json', content: zipOf(entries(10, zeros)) }]),
  ];
  const cost = await watched(async () => {
    for (const bomb of bombs) {
      await expect(readArchive(bomb)).rejects.toMatchObject({ kind: 'invalid' });
      await others();
    }
  });
  expect(cost.growthMb).toBeLessThan(MAX_GROWTH_MB);
  expect(cost.delayMs).toBeLessThan(MAX_DELAY_MS);
});

/** Small ones, for every door: none may answer with a failure of ours. */
const SAMPLE = HOSTILE_JSON.filter(({ body }) => typeof body() === 'string' && String(body()).length < 20_000);

test.each(withJson)('$name fails at no small hostile body', async (flat) => {
  const own = adminOf(await newTenant(kernel));
  const failed: string[] = [];
  for (const hostile of SAMPLE) {
    const status = await send(flat, hostile, own);
    if (status >= 500 && status !== 502 && status !== 503) failed.push(`${hostile.name}: ${status}`);
  }
  expect(failed).toEqual([]);
});

test('a caller who may not write is refused before the body is read', async () => {
  const flat = withJson.find(({ operation }) => operation.permission.endsWith(':write'))!;
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const response = await knock(flat, { as: { name: 'anonymous', headers: {} }, body });
  expect(response.status).toBe(401);
  // One chunk is what a stream fetches ahead by itself.
  expect(pulled).toBeLessThanOrEqual(1);
  await body.cancel().catch(() => undefined);
});

test('every query that makes no sense is a refusal that names the field', async () => {
  const isList = ({ method, fields }: FlatDoor) => method === 'GET' && 'pageSize' in fields;
  const lists = doors.filter((flat) => isList(flat) && ROLE_PERMISSIONS.admin.includes(flat.operation.permission));
  const nonsense = [
    { page: '-1' },
    { page: 'x' },
    { pageSize: '10000' },
    { sort: 'password' },
    { page: ['1', '2'] },
    { from: '0000-01-01T00:00:00Z' },
  ];
  for (const flat of lists) {
    for (const also of nonsense.filter((one) => Object.keys(one)[0]! in flat.fields)) {
      const response = await knock(flat, { as: adminOf(tenant), also });
      const { errors } = (await response.json()) as { errors?: { path: string }[] };
      expect([flat.name, also, response.status, errors?.[0]?.path]).toEqual([
        flat.name,
        also,
        422,
        Object.keys(also)[0],
      ]);
    }
  }
});

test('a text that no column can hold is a refusal that names the field, in every query', async () => {
  const readings = doors.filter(
    ({ method, operation }) => method === 'GET' && ROLE_PERMISSIONS.admin.includes(operation.permission),
  );
  for (const flat of readings) {
    const texts = Object.keys(flat.fields).filter(
      (name) => !flat.parameters.includes(name) && flat.fields[name]!.safeParse('a\0').success,
    );
    for (const name of texts) {
      const response = await knock(flat, { as: adminOf(tenant), also: { [name]: 'a\0' } });
      const { errors } = (await response.json()) as { errors?: { path: string }[] };
      expect([flat.name, response.status, errors?.[0]?.path]).toEqual([flat.name, 422, name]);
    }
  }
});
