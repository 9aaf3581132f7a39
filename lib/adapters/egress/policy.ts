import ipaddr from 'ipaddr.js';
import { classify, inRange, isMetadataName, normaliseHost, parseAddress } from './address';
import { EgressError } from './egress-error';

export type EgressPolicy = {
  /** `private` lets tenants name addresses of the operator's own network; `public` only the open Internet over https. */
  mode: 'public' | 'private';
  /** Private ranges that are open under `public`, such as `10.20.0.0/16`. Metadata stays closed. */
  allowedCidrs?: string[];
  /** Names that may lead to private addresses and speak plain http under `public`. */
  allowedHosts?: string[];
  /** The product's own services (its database for one): never, under either mode. */
  denied?: { host: string; port: number }[];
};

export type CompiledPolicy = {
  mode: EgressPolicy['mode'];
  denied: { host: string; port: number }[];
  /** Throws `invalid_address` or `refused` for what the text alone gives away. */
  checkUrl(url: URL): void;
  /** Whether this literal address may be connected to on behalf of this host. */
  allows(host: string, address: string): boolean;
};

/** Throws a plain Error naming the bad entry: configuration is checked when the process starts. */
export function compilePolicy(policy: EgressPolicy): CompiledPolicy {
  const ranges = (policy.allowedCidrs ?? []).map(parseRange);
  const hosts = new Set((policy.allowedHosts ?? []).map(normaliseHost));

  const allows = (host: string, text: string) => {
    const address = parseAddress(text);
    if (!address || isMetadataName(host)) return false;
    const where = classify(address);
    if (where !== 'private') return where === 'public';
    return (
      policy.mode === 'private' || hosts.has(normaliseHost(host)) || ranges.some((range) => inRange(address, range))
    );
  };

  const checkUrl = (url: URL) => {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw new EgressError('invalid_address', 'The address must begin with https:// or http://.');
    }
    if (url.username || url.password) {
      throw new EgressError('invalid_address', 'The address must not contain a user name or password.');
    }
    const host = normaliseHost(url.hostname);
    if (!host) throw new EgressError('invalid_address', 'The address has no host name.');
    const literal = parseAddress(host) !== null;
    const vouched = hosts.has(host) || (literal && ranges.length > 0 && allows(host, host));
    if (url.protocol === 'http:' && policy.mode === 'public' && !vouched) {
      throw new EgressError('invalid_address', 'The address must begin with https://.');
    }
    if (isMetadataName(host) || (literal && !allows(host, host))) throw refused(policy.mode);
  };

  return { mode: policy.mode, denied: policy.denied ?? [], checkUrl, allows };
}

/** Under `public` a refusal must not differ from a closed port: the difference would map the operator's network. */
export function refused(mode: EgressPolicy['mode']): EgressError {
  return mode === 'public'
    ? unreachable()
    : new EgressError(
        'refused',
        'This address is not open to connections from here (it is reserved, or belongs to this service).',
      );
}

export const unreachable = (cause?: unknown) =>
  new EgressError('unreachable', 'Nothing could be reached at this address.', { cause });

function parseRange(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  try {
    return ipaddr.parseCIDR(text);
  } catch {
    throw new Error(`"${text}" is not an address range such as 10.20.0.0/16`);
  }
}
