import { createHmac, timingSafeEqual } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { invalid, unauthenticated } from '@/lib/core/errors';
import { webhook } from './webhook';

const log = vi.hoisted(() => ({ error: vi.fn() }));
vi.mock('./runtime', () => ({ kernel: () => ({ log }) }));

const sign = (body: Uint8Array | string) => createHmac('sha256', 'shared secret').update(body).digest();
const enqueued = vi.fn(async (_event: { id: string }) => {});
const { POST } = webhook({
  name: 'sender',
  verify(body, headers) {
    const given = Buffer.from(headers.get('x-signature') ?? '', 'hex');
    const wanted = sign(body);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw unauthenticated('Not signed by us.');
    try {
      return JSON.parse(Buffer.from(body).toString()) as { id: string };
    } catch {
      throw invalid('The note is not JSON.');
    }
  },
  enqueue: enqueued,
});

function send(body: string, signature = sign(body).toString('hex')): Promise<Response> {
  const headers = { 'x-signature': signature };
  return POST(new Request('http://localhost/api/webhooks/sender', { method: 'POST', body, headers }));
}

test('a note whose signature holds over its exact bytes is enqueued and answered at once', async () => {
  enqueued.mockClear();
  expect((await send('{"id":"e1"}')).status).toBe(202);
  expect(enqueued.mock.calls).toEqual([[{ id: 'e1' }]]);
});

test.each([
  ['another signature', '{"id":"e1"}', 'ab'.repeat(32), 401],
  ['bytes moved after signing', '{"id": "e1"}', sign('{"id":"e1"}').toString('hex'), 401],
  ['what cannot be read', 'no json', undefined, 422],
  ['more than a note may hold', 'x'.repeat(1024 * 1024 + 1), undefined, 413],
])('%s is a problem, and nothing is enqueued', async (_, body, signature, status) => {
  enqueued.mockClear();
  const response = await send(body, signature);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(enqueued).not.toHaveBeenCalled();
});

test('a failure of ours is logged and answered 500, so that the sender tries again', async () => {
  enqueued.mockRejectedValueOnce(new Error('no database'));
  const response = await send('{"id":"e2"}');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('no database');
  expect(log.error).toHaveBeenCalledOnce();
});
