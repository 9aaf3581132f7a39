import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Row = Record<string, unknown> & { id: string };

/** The few routes of n8n's API that faults are played on, ordered and paged as n8n does it. Answers without a key. */
export async function startN8nStub(): Promise<{ baseUrl: string; stop(): Promise<void> }> {
  const rows = new Map<string, Row>();
  const server = createServer(async (incoming, outgoing) => {
    const body = await readBody(incoming);
    const url = new URL(incoming.url ?? '/', 'http://stub');
    const [status, reply] = answer(rows, incoming.method ?? 'GET', url, body);
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readBody(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const text = Buffer.concat(await incoming.toArray()).toString('utf8');
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}

const NOT_FOUND = [404, { message: 'Not Found' }] as const;

function answer(
  rows: Map<string, Row>,
  method: string,
  url: URL,
  body: Record<string, unknown>,
): readonly [number, unknown] {
  const [, id, verb] = /^\/api\/v1\/workflows(?:\/(\w+))?(?:\/(\w+))?$/.exec(url.pathname) ?? ['unknown'];
  if (url.pathname === '/api/v1/tags') return [200, { data: [], nextCursor: null }];
  if (!url.pathname.startsWith('/api/v1/workflows')) return [404, { message: 'not found' }];
  if (!id) return method === 'GET' ? [200, list(rows, url)] : [200, save(rows, { ...created(), ...body })];
  const row = rows.get(id);
  if (!row) return NOT_FOUND;
  if (verb === 'activate') return [200, save(rows, { ...row, active: true, activeVersionId: row.versionId })];
  if (verb === 'deactivate') return [200, save(rows, { ...row, active: false, activeVersionId: null })];
  if (method === 'PUT') return [200, save(rows, { ...row, ...body, ...moved() })];
  if (method === 'DELETE') rows.delete(id);
  return [200, row];
}

let clock = Date.UTC(2026, 0, 1);
function moved() {
  clock += 1_000;
  return { versionId: randomUUID(), updatedAt: new Date(clock).toISOString() };
}

function created(): Row {
  const { versionId, updatedAt } = moved();
  const id = randomUUID().replaceAll('-', '').slice(0, 16);
  return { id, active: false, activeVersionId: null, tags: [], versionId, createdAt: updatedAt, updatedAt };
}

function save(rows: Map<string, Row>, row: Row): Row {
  rows.set(row.id, row);
  return row;
}

function list(rows: Map<string, Row>, url: URL) {
  const cursor = url.searchParams.get('cursor');
  const { limit, offset } = cursor
    ? (JSON.parse(Buffer.from(cursor, 'base64').toString()) as { limit: number; offset: number })
    : { limit: Number(url.searchParams.get('limit') ?? 100), offset: 0 };
  const all = [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const next =
    offset + limit < all.length
      ? Buffer.from(JSON.stringify({ limit, offset: offset + limit })).toString('base64')
      : null;
  const page = all.slice(offset, offset + limit).map(({ description: _description, pinData: _pinData, ...row }) => row);
  return { data: page, nextCursor: next };
}
