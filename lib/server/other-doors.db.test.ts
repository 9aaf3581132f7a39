import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Problem, rateLimited } from '@/lib/core/errors';
import type { Kernel } from '@/lib/kernel/kernel';
import { everyAction, everyHandler } from '@/lib/testing/doors';
import { closeHouse, newTenant, openHouse, TEST_ENV } from '@/lib/testing/house';
import { minimalInput } from '@/lib/testing/minimal-input';
import { type CallerName, callersOf, REFUSALS, verdictFor } from '@/lib/testing/permission-table';
import { anonymous, type Caller, expectManners, withKey, withSession } from '@/lib/testing/requests';

const incoming = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock('next/headers', () => ({ headers: async () => incoming.headers }));

const handlers = await everyHandler();
const actions = await everyAction();
const streams = handlers.filter(({ handle }) => handle.permission && !handle.operation);
const crons = handlers.filter(({ handle }) => handle.tick);

let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse();
  kernel.rateLimiter.consume = async () => {};
});
afterAll(() => closeHouse(kernel));

/** Doors of no kind of ours. Each has a reason to be here, and tests of its own. */
const OTHERS = ['GET /auth/{nextauth}', 'POST /auth/{nextauth}', 'GET /v1/openapi.json'];
/** What answers where there is no door. */
const nowhere = handlers.filter(({ path }) => path === '/{path}');

test('every handler is a door of a kind that these suites know', () => {
  const unknown = handlers
    .filter(({ handle }) => !handle.operation && !handle.permission && !handle.tick)
    .map(({ method, path }) => `${method} ${path}`);
  const rest = unknown.filter((name) => !OTHERS.includes(name) && !name.endsWith(' /{path}'));
  expect(rest).toEqual([]);
});

test.each(streams)('$path streams to each caller as the permission table says', async ({ path, handle }) => {
  const [ours, theirs] = [await newTenant(kernel), await newTenant(kernel)];
  for (const caller of await callersOf(kernel, ours, theirs)) {
    const abort = new AbortController();
    const url = `${TEST_ENV.APP_ORIGIN}/api${path}?tenant=${ours.slug}`;
    const { 'x-tenant': _, ...headers } = caller.headers;
    const response = await handle(new Request(url, { headers, signal: abort.signal }), { params: Promise.resolve({}) });
    const verdict = verdictFor(handle.permission!, caller.name as CallerName);
    const status = verdict === 'admitted' ? 200 : verdict === 'unauthenticated' ? 401 : 403;
    expect([caller.name, response.status]).toEqual([caller.name, status]);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(response.headers.get('x-request-id')).toBeTruthy();
    abort.abort();
    await response.body?.cancel();
  }
});

test.each(streams)('$path answers a tenant that cannot exist like any it is not about', async ({ handle }) => {
  const { people, slug } = await newTenant(kernel);
  const { 'x-tenant': _, ...headers } = withSession('admin', people.admin.sessionToken, slug).headers;
  const response = await handle(new Request(`${TEST_ENV.APP_ORIGIN}/?tenant=%00`, { headers }), {
    params: Promise.resolve({}),
  });
  expect(response.status).toBe(403);
});

test.each(streams)('$path counts as a request, so that nobody opens streams without end', async ({ handle }) => {
  const { apiKey } = await newTenant(kernel);
  const { consume } = kernel.rateLimiter;
  kernel.rateLimiter.consume = async () => {
    throw rateLimited('Wait.', 5);
  };
  const request = new Request(`${TEST_ENV.APP_ORIGIN}/`, { headers: withKey('a key', apiKey).headers });
  const response = await handle(request, { params: Promise.resolve({}) });
  kernel.rateLimiter.consume = consume;
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '5']);
});

test.each(streams)(
  '$path has an end to how many are open at once, and one that ended makes room',
  async ({ handle }) => {
    const { apiKey } = await newTenant(kernel);
    const open = (signal?: AbortSignal) =>
      handle(new Request(`${TEST_ENV.APP_ORIGIN}/`, { headers: withKey('a key', apiKey).headers, signal }), {
        params: Promise.resolve({}),
      });
    const leaving = new AbortController();
    const readers = [await open(leaving.signal)];
    while (readers.at(-1)!.status === 200 && readers.length < 100) readers.push(await open());
    const refused = readers.pop()!;
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '15']);
    expect((await refused.json()) as Problem).toMatchObject({ code: 'rate_limited' });

    leaving.abort();
    readers.push(await open());
    expect(readers.at(-1)!.status).toBe(200);
    await readers[1]!.body!.cancel();
    readers.push(await open());
    expect(readers.at(-1)!.status).toBe(200);
    expect((await open(AbortSignal.abort())).status).toBe(429);
    await Promise.all(readers.slice(2).map(({ body }) => body!.cancel()));
    for (const _ of readers) expect((await open(AbortSignal.abort())).status).toBe(200);
  },
);

test.each(nowhere)('$method $path answers with a problem, as every other refusal', async ({ method, handle }) => {
  const request = new Request(`${TEST_ENV.APP_ORIGIN}/api/v1/nothing-here`, { method });
  const response = await handle(request, { params: Promise.resolve({}) });
  expect(response.status).toBe(404);
  expectManners(response);
  expect(await response.json()).toMatchObject({ code: 'not_found', instance: '/api/v1/nothing-here' });
});

test.each(crons)('$path runs for the cron secret alone', async ({ path, handle }) => {
  const { apiKey, people, slug } = await newTenant(kernel);
  const callers: Caller[] = [
    anonymous,
    withKey('a key', apiKey),
    withKey('half the secret', TEST_ENV.CRON_SECRET.slice(1)),
    withSession('an admin', people.admin.sessionToken, slug),
  ];
  for (const { headers } of callers) {
    const response = await handle(new Request(`${TEST_ENV.APP_ORIGIN}/api${path}`, { headers }), {
      params: Promise.resolve({}),
    });
    expect(response.status).toBe(401);
    expectManners(response);
  }
});

test.each(actions)('the action $name answers each caller as the permission table says', async ({ action }) => {
  const operation = action.operation!;
  expect(operation.bodyLimit ?? 'json', 'files and workflows go over REST').toBe('json');
  const [ours, theirs] = [await newTenant(kernel), await newTenant(kernel)];
  const people = (await callersOf(kernel, ours, theirs)).filter(({ name }) => name !== 'key without scope');
  for (const { name, headers } of people) {
    incoming.headers = new Headers({ origin: TEST_ENV.APP_ORIGIN, ...headers });
    const id = '018f0000-0000-7000-8000-000000000000';
    const answer = (await action(ours.slug, minimalInput(operation.input, { id }) as never)) as {
      ok: boolean;
      problem?: Problem;
    };
    const code = answer.problem?.code ?? '';
    expect(answer.problem?.status, `${name}: ${answer.problem?.detail}`).not.toBe(500);
    expect([name, REFUSALS.has(code) ? code : 'admitted']).toEqual([
      name,
      verdictFor(operation.permission, name as CallerName),
    ]);
  }
});

test.each(actions)('the action $name refuses a call from another site', async ({ action }) => {
  const { people, slug } = await newTenant(kernel);
  incoming.headers = new Headers({
    ...withSession('admin', people.admin.sessionToken, slug).headers,
    'sec-fetch-site': 'cross-site',
  });
  expect(await action(slug, {} as never)).toMatchObject({ ok: false, problem: { code: 'cross_origin' } });
});
