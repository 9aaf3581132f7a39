import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { assertPeerAddress, peerAddress } from './peer-address';

test('a caller cannot choose the address it is counted under', async () => {
  assertPeerAddress();
  const server = createServer((request, response) => response.end(String(request.headers['x-forwarded-for'])));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = await (await fetch(url, { headers: { 'x-forwarded-for': '203.0.113.9' } })).text();
  server.close();
  expect(answer).toBe('127.0.0.1');
});

test('behind a proxy the address that the proxy saw counts, not what was written before it', () => {
  const headers = new Headers({ 'x-forwarded-for': '203.0.113.9, 198.51.100.7' });
  expect(peerAddress(headers)).toBe('198.51.100.7');
  expect(peerAddress(new Headers())).toBeNull();
});
