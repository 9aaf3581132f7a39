import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Problem } from '@/lib/core/errors';
import type { Kernel } from '@/lib/kernel/kernel';
import { everyFlatDoor } from '@/lib/testing/doors';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { type CallerName, callersOf, REFUSALS, verdictFor } from '@/lib/testing/permission-table';
import { adminOf, answersWithFile, comparable, expectManners, inputOf, knock } from '@/lib/testing/requests';

const doors = await everyFlatDoor();
let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse();
  // Hundreds of anonymous requests a minute from one address: here the limit would hide what is asked about.
  kernel.rateLimiter.consume = async () => {};
});
afterAll(() => closeHouse(kernel));

const ID = '018f0000-0000-7000-8000-000000000000';

async function verdictOf(response: Response): Promise<string> {
  if (response.status < 400) return 'admitted';
  const { code, detail } = (await response.json()) as Problem;
  if (response.status === 500) return `failed: ${code} ${detail}`;
  return REFUSALS.has(code) ? code : 'admitted';
}

test.each(doors)('$name answers each caller as the permission table says', async (flat) => {
  // A door may end a session or an organisation, so each has people of its own.
  const [ours, theirs] = await Promise.all([newTenant(kernel), newTenant(kernel)]);
  const [answered, expected]: Record<string, string>[] = [{}, {}];
  for (const caller of await callersOf(kernel, ours, theirs)) {
    const response = await knock(flat, { as: caller });
    expectManners(response);
    answered![caller.name] = await verdictOf(response);
    expected![caller.name] = verdictFor(flat.operation.permission, caller.name as CallerName);
  }
  expect(answered).toEqual(expected);
});

test.each(doors)('$name can be knocked at: the smallest input gets past parsing', (flat) => {
  const parameters = Object.fromEntries(flat.parameters.map((name) => [name, ID]));
  const parsed = flat.operation.input.safeParse({ ...inputOf(flat, ID), ...parameters });
  const odd = parsed.success ? [] : parsed.error.issues.map(({ path, message }: z.core.$ZodIssue) => [path, message]);
  expect(odd, 'give the schema .meta({ examples: [...] })').toEqual([]);
});

test.each(doors)('$name takes every path parameter as an input of its own', ({ parameters, fields }) => {
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(parameters));
  expect(new Set(parameters).size).toBe(parameters.length);
});

test.each(doors.filter(({ parameters }) => parameters.length > 0))(
  '$name believes its path, whatever the query or body says',
  async (flat) => {
    const own = await newTenant(kernel);
    const elsewhere = { [flat.parameters[0]!]: '018f0000-0000-7000-8000-00000000ffff' };
    const plain = await knock(flat, { as: adminOf(own), id: ID });
    const clashing = await knock(flat, { as: adminOf(own), id: ID, also: elsewhere });
    expect(await comparable(clashing, ID)).toBe(await comparable(plain, ID));
  },
);

test('a GET changes nothing; that a file was fetched may be recorded', () => {
  const writing = doors.filter(
    (flat) => flat.method === 'GET' && flat.operation.effect !== 'read' && !answersWithFile(flat),
  );
  expect(writing.map(({ name }) => name)).toEqual([]);
});

test('every operation has a name of its own, and stands at one door', () => {
  const names = doors.map(({ operation }) => operation.operation);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  expect(twice).toEqual([]);
});

test('what changes something says under which action it is recorded', () => {
  const silent = doors.filter(({ operation }) => operation.effect !== 'read' && !operation.audit);
  expect(silent.map(({ name }) => name)).toEqual([]);
});
