import diagnostics from 'node:diagnostics_channel';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lookup } from './connector';
import { ALWAYS_FORBIDDEN, FORBIDDEN_LITERALS, METADATA_HOSTS } from './forbidden-addresses.fixture';
import { createEgress, type Egress, EgressError, type EgressPolicy } from './index';

/** Listens where a successful attack would arrive, and counts arrivals; the channel counts every attempt anywhere. */
let trap: Server;
let port: number;
let arrivals = 0;
let attempts: Socket[] = [];
const egresses: Egress[] = [];

const onSocket = (message: unknown) => attempts.push((message as { socket: Socket }).socket);

beforeAll(async () => {
  trap = createServer((_request, response) => response.end('{"secret":true}'));
  trap.on('connection', () => arrivals++);
  await new Promise<void>((resolve) => trap.listen(0, '::', resolve));
  port = (trap.address() as AddressInfo).port;
  diagnostics.subscribe('net.client.socket', onSocket);
});
beforeEach(() => {
  arrivals = 0;
  attempts = [];
});
afterEach(async () => {
  await Promise.all(egresses.splice(0).map((egress) => egress.close()));
});
afterAll(() => {
  diagnostics.unsubscribe('net.client.socket', onSocket);
  trap.closeAllConnections();
  trap.close();
});

const answer = (...addresses: string[]) =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const noDns: Lookup = async (host) => {
  throw new Error(`no such name: ${host}`);
};

function egress(policy: EgressPolicy, lookup: Lookup = noDns, caps = {}): Egress {
  const made = createEgress(policy, { lookup, caps: { connectMs: 500, ...caps } });
  egresses.push(made);
  return made;
}

const failureOf = async (attempt: Promise<unknown>): Promise<EgressError> => {
  const error = await attempt.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(EgressError);
  return error as EgressError;
};

describe('under the public policy', () => {
  const corpus = Object.entries(FORBIDDEN_LITERALS).flatMap(([trick, hosts]) => hosts.map((host) => ({ trick, host })));

  it('holds at least 40 addresses', () => expect(corpus.length).toBeGreaterThanOrEqual(40));

  it.each(corpus)('$trick: $host is never connected to', async ({ host }) => {
    for (const scheme of ['https', 'http']) {
      await failureOf(egress({ mode: 'public' }).request(`${scheme}://${host}:${port}/api/v1/workflows`));
    }
    expect({ arrivals, attempts: attempts.length }).toEqual({ arrivals: 0, attempts: 0 });
  });

  it.each(corpus)('$trick: a name that leads to $host is never connected to', async ({ host }) => {
    const literal = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '');
    await failureOf(
      egress({ mode: 'public' }, async () => answer(literal)).request(`https://innocent.example:${port}/`),
    );
    expect({ arrivals, attempts: attempts.length }).toEqual({ arrivals: 0, attempts: 0 });
  });

  it('a name with one public and one private answer is refused whole', async () => {
    const mixed: Lookup = async () => answer('93.184.215.14', '127.0.0.1');
    await failureOf(egress({ mode: 'public' }, mixed).request(`https://mixed.example:${port}/`));
    expect(attempts).toHaveLength(0);
  });

  it('a redirect to a forbidden address is handed back and not followed', async () => {
    const targets = corpus.map(({ host }) => encodeURI(`http://${host}:${port}/`));
    let served = 0;
    const front = createServer((_request, response) => response.writeHead(302, { location: targets[served++] }).end());
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    const frontPort = (front.address() as AddressInfo).port;
    const guard = egress({ mode: 'public', allowedHosts: ['front.example'] }, async () => answer('127.0.0.1'));
    for (const _target of targets) {
      expect((await guard.request(`http://front.example:${frontPort}/`)).status).toBe(302);
    }
    expect(served).toBe(targets.length);
    expect(arrivals).toBe(0);
    front.closeAllConnections();
    front.close();
  });

  it('a name that changes its answer between check and connect is connected to the checked answer', async () => {
    let asked = 0;
    const rebinding: Lookup = async () => (asked++ === 0 ? answer('127.0.0.9') : answer('127.0.0.1'));
    const guard = egress({ mode: 'public', allowedCidrs: ['127.0.0.9/32'] }, rebinding);
    await failureOf(guard.request(`https://rebinding.example:${port}/`));
    expect(asked).toBe(1);
    expect(attempts.every((socket) => socket.remoteAddress !== '127.0.0.1')).toBe(true);
    await failureOf(guard.request(`https://rebinding.example:${port}/`));
    expect(attempts).toHaveLength(1);
  });

  it('refused, closed and unresolvable addresses are told apart by nothing', async () => {
    const names: Record<string, string> = { 'closed.example': '127.0.0.9', 'private.example': '10.0.0.1' };
    const lookup: Lookup = async (host) => (names[host] ? answer(names[host]) : noDns(host));
    const guard = egress({ mode: 'public', allowedHosts: ['closed.example'] }, lookup);
    const failures = await Promise.all(
      [
        'https://closed.example:1/',
        'https://private.example:1/',
        'https://missing.example/',
        'https://169.254.169.254/',
      ].map((url) => failureOf(guard.request(url))),
    );
    expect(new Set(failures.map((failure) => `${failure.reason}: ${failure.message}`)).size).toBe(1);
  });

  it('a user name in the address, another scheme and plain http are refused by the text alone', async () => {
    for (const url of [
      'https://user:pw@example.com/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'http://example.com/',
      'nonsense',
    ]) {
      expect((await failureOf(egress({ mode: 'public' }).request(url))).reason).toBe('invalid_address');
    }
    expect(attempts).toHaveLength(0);
  });
});

describe('under the private policy', () => {
  it('the operator’s own network can be reached', async () => {
    const guard = egress({ mode: 'private' }, async () => answer('127.0.0.1'));
    for (const host of ['127.0.0.1', '127.1', '[::1]', '[::ffff:127.0.0.1]', 'n8n.internal']) {
      expect((await guard.request(`http://${host}:${port}/`)).status).toBe(200);
    }
    expect(arrivals).toBeGreaterThan(0);
  });

  it.each(ALWAYS_FORBIDDEN)(
    'metadata at %s is never connected to, not even when a range or a name allows it',
    async (host) => {
      const guard = egress(
        { mode: 'private', allowedCidrs: ['0.0.0.0/0', '::/0'], allowedHosts: ['named.example'] },
        async () => answer(new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')),
      );
      expect((await failureOf(guard.request(`http://${host}/latest/meta-data`))).reason).toBe('refused');
      await failureOf(guard.request('http://named.example/latest/meta-data'));
      expect(attempts).toHaveLength(0);
    },
  );

  it.each(METADATA_HOSTS)('the metadata name %s is refused whatever it resolves to', async (host) => {
    const guard = egress({ mode: 'private', allowedHosts: [host] }, async () => answer('127.0.0.1'));
    await failureOf(guard.request(`http://${host}:${port}/`));
    expect(attempts).toHaveLength(0);
  });

  it('the product’s own database is refused under every spelling of its address', async () => {
    const denied = [{ host: 'localhost', port }];
    const guard = egress({ mode: 'private', denied }, async (host) =>
      host === 'localhost' ? answer('::1', '127.0.0.1') : answer('127.0.0.1'),
    );
    for (const host of [
      'localhost',
      '127.0.0.1',
      '127.8.8.8',
      '2130706433',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
      'alias.example',
    ]) {
      await failureOf(guard.request(`http://${host}:${port}/`));
    }
    expect({ arrivals, attempts: attempts.length }).toEqual({ arrivals: 0, attempts: 0 });
  });
});

describe('a hostile reply', () => {
  const serve = async (handler: Parameters<typeof createServer>[1]) => {
    const server = createServer(handler);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('that never starts is given up', async () => {
    const url = await serve(() => {});
    const failure = await failureOf(egress({ mode: 'private' }, noDns, { headersMs: 200 }).request(url));
    expect(failure).toMatchObject({ reason: 'timeout', sent: true });
  });

  it('that drips one byte at a time is given up', async () => {
    const url = await serve((_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect((await failureOf(egress({ mode: 'private' }, noDns, { bodyMs: 300 }).request(url))).reason).toBe('timeout');
  });

  it('that is too large is cut, also when it only becomes so by unpacking', async () => {
    const plain = await serve((_request, response) => response.end(Buffer.alloc(2_000_000)));
    const bomb = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000))),
    );
    for (const url of [plain, bomb]) {
      expect((await failureOf(egress({ mode: 'private' }, noDns, { maxBytes: 1_000_000 }).request(url))).reason).toBe(
        'too_large',
      );
    }
  });

  it('that breaks in the middle is no reply', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half":');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await failureOf(egress({ mode: 'private' }).request(url))).reason).toBe('interrupted');
  });

  it('ends with the caller’s signal', async () => {
    const url = await serve(() => {});
    const reason = new Error('given up');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 50);
    await expect(egress({ mode: 'private' }).request(url, { signal: controller.signal })).rejects.toBe(reason);
  });
});
