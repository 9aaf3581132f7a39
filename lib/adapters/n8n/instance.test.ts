import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Egress, EgressRequest } from '@/lib/adapters/egress';
import { webhookDocument } from '@/lib/ports/contract/subject';
import { ProviderError } from '@/lib/ports/provider-error';
import { n8nProvider } from './index';
import { createInstances, normaliseBaseUrl } from './instance';

const failing = async () => {
  throw new ProviderError('unreachable', 'nothing there');
};

describe('an instance that keeps failing', () => {
  it('is left alone after five calls in a row, by every caller of it and by nobody else', async () => {
    const instanceAt = createInstances();
    let calls = 0;
    const count = async () => {
      calls++;
    };
    for (let n = 0; n < 5; n++)
      await expect(instanceAt('https://a.example/').guard(failing)).rejects.toThrow('nothing there');
    await expect(instanceAt('https://a.example').guard(count)).rejects.toMatchObject({
      failure: 'unavailable',
      retryAfter: 30,
    });
    await instanceAt('https://b.example').guard(count);
    expect(calls).toBe(1);
  });

  it('is not given up for what the request itself is to blame for', async () => {
    const instance = createInstances()('https://a.example');
    const refused = async () => {
      throw new ProviderError('key_rejected', 'wrong key');
    };
    for (let n = 0; n < 20; n++) await expect(instance.guard(refused)).rejects.toThrow('wrong key');
  });
});

it('writes to a version that loses concurrent ones follow each other, and reads do not wait', async () => {
  let [writing, overlaps, reading, mostReading] = [0, 0, 0, 0];
  const row = { ...webhookDocument('Row'), id: 'row', active: false, createdAt: 'x', updatedAt: 'x' };
  const answer = async (url: string | URL, { method = 'GET' }: EgressRequest = {}) => {
    const write = method !== 'GET';
    if (write) overlaps += writing++ > 0 ? 1 : 0;
    else mostReading = Math.max(mostReading, ++reading);
    await sleep(5);
    if (write) writing--;
    else reading--;
    const known = !String(url).includes('openapi') && !String(url).includes('discover');
    return {
      status: known ? 200 : 404,
      headers: {},
      body: Buffer.from(JSON.stringify(known ? row : { message: 'not found' })),
    };
  };
  const egress = { request: answer } as unknown as Egress;
  const kind = n8nProvider({ egress });
  const connection = { baseUrl: 'https://old.example', apiKey: 'k' };
  const providers = [kind.connect(connection), kind.connect(connection)];
  await Promise.all(
    providers.flatMap((provider) => [1, 2, 3].map(() => provider.updateWorkflow('row', webhookDocument('New')))),
  );
  await Promise.all(providers.map((provider) => provider.getWorkflow('row')));
  expect({ overlaps, readsOverlap: mostReading > 1 }).toEqual({ overlaps: 0, readsOverlap: true });
});

it('what people paste as an address becomes n8n’s base', () => {
  for (const pasted of [
    'https://n8n.example',
    'https://n8n.example/',
    ' https://n8n.example/api/v1/ ',
    'https://n8n.example/api/v1?x=1#y',
    'https://n8n.example/api',
  ]) {
    expect(normaliseBaseUrl(pasted)).toBe('https://n8n.example');
  }
  expect(normaliseBaseUrl('https://example.com/automation/')).toBe('https://example.com/automation');
});
