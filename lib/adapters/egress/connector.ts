import { promises as dns, type LookupAddress } from 'node:dns';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import { isSameHost, normaliseHost, parseAddress } from './address';
import { EgressError } from './egress-error';
import { type CompiledPolicy, refused, unreachable } from './policy';

/** All answers for a name, as `dns.lookup` gives them. */
export type Lookup = (host: string) => Promise<LookupAddress[]>;

export const systemLookup: Lookup = (host) => dns.lookup(host, { all: true, verbatim: true });

const MAX_ADDRESSES = 4;

/**
 * Resolves a host once and judges every answer: one forbidden answer refuses them all, so that a name which mixes
 * public and private addresses cannot be tried until it hits. What is returned is what must be connected to.
 */
export async function resolveGuarded(policy: CompiledPolicy, lookup: Lookup, hostname: string, port: number) {
  const host = normaliseHost(hostname);
  const literal = parseAddress(host);
  const addresses = literal ? [literal.toString()] : (await lookup(host).catch(fail)).map((answer) => answer.address);
  if (addresses.length === 0) throw unreachable();
  if (!addresses.every((address) => policy.allows(host, address))) throw refused(policy.mode);
  if (await isOwnService(policy, lookup, addresses, port)) throw refused(policy.mode);
  return addresses.slice(0, MAX_ADDRESSES);
}

const fail = (cause: unknown): never => {
  throw unreachable(cause);
};

async function isOwnService(policy: CompiledPolicy, lookup: Lookup, addresses: string[], port: number) {
  for (const own of policy.denied) {
    if (own.port !== port) continue;
    const literal = parseAddress(own.host);
    const ours = literal
      ? [literal.toString()]
      : (await lookup(own.host).catch(() => [])).map((answer) => answer.address);
    const hit = addresses.some((address) =>
      ours.some((one) => {
        const [a, b] = [parseAddress(address), parseAddress(one)];
        return a !== null && b !== null && isSameHost(a, b);
      }),
    );
    if (hit) return true;
  }
  return false;
}

/** An undici connector: resolve, judge, connect to the judged address and no other, judge the socket once more. */
export function guardedConnector(
  policy: CompiledPolicy,
  lookup: Lookup,
  connectTimeout: number,
): buildConnector.connector {
  const connect = buildConnector({ timeout: connectTimeout, allowH2: false });

  const open = (options: buildConnector.Options, address: string) =>
    new Promise<Socket>((resolve, reject) => {
      // The certificate is checked against the name, the connection goes to the number.
      const servername = parseAddress(options.hostname) ? options.servername : normaliseHost(options.hostname);
      connect({ ...options, hostname: address, servername }, (error, socket) =>
        error ? reject(error) : resolve(socket),
      );
    });

  const run = async (options: buildConnector.Options) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    const addresses = await resolveGuarded(policy, lookup, options.hostname, port);
    let last: unknown;
    for (const address of addresses) {
      try {
        const socket = await open(options, address);
        if (policy.allows(options.hostname, socket.remoteAddress ?? '')) return socket;
        socket.destroy();
        throw refused(policy.mode);
      } catch (error) {
        if (error instanceof EgressError) throw error;
        last = error;
      }
    }
    throw isCertificateProblem(last)
      ? new EgressError('certificate', 'The certificate of this address is not trusted or not for this name.', {
          cause: last,
        })
      : unreachable(last);
  };

  return (options, callback) => {
    run(options).then(
      (socket) => callback(null, socket),
      (error) => callback(error, null),
    );
  };
}

function isCertificateProblem(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    typeof code === 'string' &&
    (/^ERR_TLS_CERT|CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code) || code === 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY')
  );
}
