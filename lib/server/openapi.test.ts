import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { everyDoor } from '@/lib/testing/doors';
import { describeApi } from './openapi';

/** Derived once: what stands in the repository must say the same. */
const api = describeApi(await everyDoor());
const COMMITTED = fileURLToPath(new URL('../../public/openapi.json', import.meta.url));

test('public/openapi.json says what the doors are (`npm run openapi` writes it)', async () => {
  await expect(`${JSON.stringify(api, null, 2)}\n`).toMatchFileSnapshot(COMMITTED);
});

type Described = {
  operationId: string;
  responses: Record<string, { headers?: object }>;
  parameters?: { in: string; name: string }[];
};
const operations = Object.entries(api.paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Described>).map(([method, described]) => ({ path, method, described })),
);

test('every operation is described: path parameters, an answer, and how it fails', () => {
  for (const { path, described } of operations) {
    const named = (described.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
    expect(named.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort());
    const statuses = Object.keys(described.responses);
    expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1);
    expect(statuses).toContain('429');
  }
});

test('an operationId names one operation', () => {
  const ids = operations.map(({ described }) => described.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('who takes If-Match may answer 412, and where a version is shown so is the ETag that goes into it', () => {
  const takes = operations.filter(({ described }) => described.parameters?.some(({ name }) => name === 'If-Match'));
  expect(takes.map(({ described }) => described.operationId)).toContain('incident.resolve');
  for (const { described } of operations)
    expect('412' in described.responses).toBe(takes.some((one) => one.described === described));
  const incident = operations.find(({ described }) => described.operationId === 'incident.get')!;
  expect(Object.keys(incident.described.responses['200']!.headers!)).toContain('ETag');
});
