import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { type FaultProxy, startFaultProxy } from '@/lib/testing/fault-proxy';
import { startN8nStub } from '@/lib/testing/n8n/stub';
import { n8nProvider } from './index';
import { keyExpiry, versionInPage } from './probe';

const jwt = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
const says = (message: string) => JSON.stringify({ message });

describe('what a probe advises', () => {
  let stub: Awaited<ReturnType<typeof startN8nStub>>;
  let proxy: FaultProxy;
  const egress = createEgress({ mode: 'private' });

  beforeAll(async () => {
    stub = await startN8nStub();
    proxy = await startFaultProxy(stub.baseUrl);
  });
  afterAll(async () => {
    await proxy.stop();
    await stub.stop();
    await egress.close();
  });

  const probe = (status: number, body: string, apiKey = 'k') => {
    proxy.script({ matches: () => true, fault: { kind: 'reply', reply: { status, body } } });
    return n8nProvider({ egress }).connect({ baseUrl: proxy.url, apiKey }).probe();
  };

  it('names the key when n8n refuses it, and its expiry when that is why', async () => {
    expect(await probe(401, says('Unauthorized'))).toMatchObject({
      problem: { field: 'apiKey', failure: 'key_rejected' },
    });
    const expired = await probe(401, says('Unauthorized'), jwt({ exp: 1_700_000_000 }));
    expect(expired).toMatchObject({ problem: { field: 'apiKey', detail: expect.stringContaining('2023-11-14') } });
    expect(await probe(403, says('Forbidden'))).toMatchObject({
      problem: { field: 'apiKey', failure: 'not_permitted' },
    });
  });

  it('names the address when what answers is no n8n', async () => {
    for (const [status, body] of [
      [200, '<html>'],
      [404, '<html>'],
      [404, says('not found')],
      [302, ''],
    ] as const) {
      expect(await probe(status, body)).toMatchObject({ ok: false, problem: { field: 'baseUrl' } });
    }
  });

  it('blames neither when n8n itself is in trouble', async () => {
    expect(await probe(503, says('Starting'))).toMatchObject({ problem: { field: null, failure: 'unavailable' } });
  });

  it('trusts an instance that describes itself in no way with the oldest interface only', async () => {
    proxy.script();
    const probed = await n8nProvider({ egress }).connect({ baseUrl: proxy.url, apiKey: 'k' }).probe();
    expect(probed).toMatchObject({
      ok: true,
      report: {
        version: { exact: null, atLeast: '1.123.0', below: '2.8.4' },
        capabilities: { 'workflows.write': { works: true }, 'workflows.draftOnly': { works: false, why: 'version' } },
        writes: { serial: true, savePublishes: 'always' },
      },
    });
  });
});

it('a key’s expiry is read from the key, when it tells one', () => {
  expect(keyExpiry(jwt({ exp: 1_700_000_000 }))).toBe('2023-11-14T22:13:20.000Z');
  expect(keyExpiry(jwt({ sub: 'a' }))).toBeNull();
  expect(keyExpiry('no-jwt')).toBeNull();
});

it('the exact version is read from the editor’s page, and unknown where that says nothing', () => {
  const page = (config: string) =>
    `<meta name="n8n:config:sentry" content="${Buffer.from(config).toString('base64')}">`;
  expect(versionInPage(page('{"dsn":"","environment":"development","release":"n8n@1.123.81"}'))).toBe('1.123.81');
  for (const html of ['<html>', page('{}'), page('{"release":"n8n@nightly"}')]) expect(versionInPage(html)).toBeNull();
});
