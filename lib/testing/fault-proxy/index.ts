import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

type Reply = { status: number; headers?: Record<string, string>; body?: string };

/** What happens to one request instead of being passed on untouched. */
export type Fault =
  /** Untouched: for the sake of what the rule does `before`. */
  | { kind: 'pass' }
  /** Answered here; the upstream never hears of it. */
  | { kind: 'reply'; reply: Reply }
  /** Done by the upstream, answered by this. */
  | { kind: 'replace'; reply: Reply }
  /** The upstream's body ends early: with a matching length (`text`) or with a broken connection (`connection`). */
  | { kind: 'truncate'; at: number; seen: 'text' | 'connection' }
  /** The connection is reset, `before` or `after` the upstream did it. */
  | { kind: 'reset'; when: 'before' | 'after' }
  /** Accepted and never answered. */
  | { kind: 'hang' };

export type Rule = {
  matches: (method: string, path: string) => boolean;
  fault: Fault;
  /** How many matching requests to spoil; all by default. */
  times?: number;
  /** How many matching requests to let through first. */
  after?: number;
  /** Runs before the request is looked at. */
  before?: () => Promise<unknown>;
};

export type FaultProxy = {
  url: string;
  /** `METHOD path` of every request since the last script. */
  requests: string[];
  /** Replaces the script. The first rule that matches and is not used up decides. */
  script(...rules: Rule[]): void;
  stop(): Promise<void>;
};

/** An HTTP proxy to one upstream that misbehaves as scripted. */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  let rules: (Rule & { seen: number; used: number })[] = [];
  const requests: string[] = [];

  const server = createServer(async (incoming, outgoing) => {
    const [method, path] = [incoming.method ?? 'GET', incoming.url ?? '/'];
    requests.push(`${method} ${path}`);
    const fault = await decide(method, path);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reply') send(outgoing, fault.reply);
    else if (fault?.kind === 'reset' && fault.when === 'before') incoming.socket.resetAndDestroy();
    else {
      const reply = await forward(upstream, incoming).catch(() => null);
      if (reply) finish(incoming, outgoing, reply, fault);
      else outgoing.destroy();
    }
  });

  async function decide(method: string, path: string): Promise<Fault | null> {
    for (const rule of rules) {
      if (!rule.matches(method, path)) continue;
      if (rule.seen++ < (rule.after ?? 0) || rule.used >= (rule.times ?? Number.POSITIVE_INFINITY)) continue;
      rule.used++;
      await rule.before?.();
      return rule.fault;
    }
    return null;
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script(...next) {
      rules = next.map((rule) => ({ ...rule, seen: 0, used: 0 }));
      requests.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Forwarded = { status: number; headers: Record<string, string | string[]>; body: Buffer };

/** Passed on and collected whole, unpacked. */
async function forward(upstream: string, incoming: IncomingMessage): Promise<Forwarded> {
  const { host: _host, ...headers } = incoming.headers;
  const outgoing = request(upstream + incoming.url, { method: incoming.method, headers });
  incoming.pipe(outgoing);
  const [reply] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = await reply.toArray();
  const raw = Buffer.concat(chunks);
  const body = reply.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
  const kept = Object.entries(reply.headers).filter(([name]) => !OF_THE_WIRE.has(name));
  return { status: reply.statusCode ?? 502, headers: Object.fromEntries(kept) as Forwarded['headers'], body };
}

/** What belongs to one connection, or to how its body was packed. */
const OF_THE_WIRE = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-encoding', 'content-length']);

function finish(incoming: IncomingMessage, outgoing: ServerResponse, reply: Forwarded, fault: Fault | null): void {
  const { status, headers, body } = reply;
  if (fault?.kind === 'replace') send(outgoing, fault.reply);
  else if (fault?.kind === 'reset') incoming.socket.resetAndDestroy();
  else if (fault?.kind !== 'truncate') outgoing.writeHead(status, headers).end(body);
  else if (fault.seen === 'text') outgoing.writeHead(status, headers).end(body.subarray(0, fault.at));
  else {
    outgoing.writeHead(status, { ...headers, 'content-length': String(body.length) });
    outgoing.write(body.subarray(0, fault.at), () => incoming.socket.resetAndDestroy());
  }
}

function send(outgoing: ServerResponse, { status, headers, body = '' }: Reply): void {
  outgoing.writeHead(status, headers).end(body);
}
