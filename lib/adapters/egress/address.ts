import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * `public`: the open Internet. `private`: loopback, RFC 1918, carrier-grade NAT, unique local: reachable only when
 * the operator says so. `forbidden`: cloud metadata, and what is no host at all (unspecified, multicast, link-local,
 * reserved): never, under any policy.
 */
export type AddressClass = 'public' | 'private' | 'forbidden';

/** Metadata services that do not live in 169.254.0.0/16 (which is refused whole, as link-local). */
const METADATA = [
  '100.100.100.200/32', // Alibaba Cloud
  '168.63.129.16/32', // Azure's wire server, a public address
  '192.0.0.192/32', // Oracle Cloud
  'fd00:ec2::/32', // AWS
  'fd20:ce::/32', // Google Cloud
  'fd00:c1::/32', // Oracle Cloud
  'fd00:42::42/128', // Scaleway
].map((range) => ipaddr.parseCIDR(range));

const METADATA_NAMES = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.azure.internal',
  'metadata.platformequinix.com',
]);

const PRIVATE_RANGES = new Set(['loopback', 'private', 'carrierGradeNat', 'uniqueLocal']);

/** Lower case, without brackets, without the root dot: one spelling per host. */
export function normaliseHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '');
}

export const isMetadataName = (host: string) => METADATA_NAMES.has(normaliseHost(host));

/** Null when the text is no complete address (numbers and short forms have been expanded by `URL` before). */
export function parseAddress(text: string): Address | null {
  const bare = normaliseHost(text).split('%')[0] ?? '';
  if (bare.includes(':')) return ipaddr.IPv6.isValid(bare) ? ipaddr.IPv6.parse(bare) : null;
  return ipaddr.IPv4.isValidFourPartDecimal(bare) ? ipaddr.IPv4.parse(bare) : null;
}

export function inRange(address: Address, [network, bits]: [Address, number]): boolean {
  return address.kind() === network.kind() && address.match(network as never, bits);
}

const ipv4At = (bytes: number[], offset: number, invert = 0) =>
  new ipaddr.IPv4(bytes.slice(offset, offset + 4).map((byte) => byte ^ invert));

/** The IPv4 address that a translating IPv6 address leads to: it must be judged by where it arrives. */
function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const bytes = address.toByteArray();
  switch (address.range()) {
    case 'ipv4Mapped':
    case 'rfc6145':
    case 'rfc6052':
      return ipv4At(bytes, 12);
    case '6to4':
      return ipv4At(bytes, 2);
    case 'teredo':
      return ipv4At(bytes, 12, 0xff);
    default:
      return bytes.slice(0, 12).every((byte) => byte === 0) && bytes[12] !== 0 ? ipv4At(bytes, 12) : null;
  }
}

/** Where an address leads, tunnels and translations looked through. */
export function classify(address: Address): AddressClass {
  if (METADATA.some((range) => inRange(address, range))) return 'forbidden';
  if (address instanceof ipaddr.IPv6) {
    const inner = embeddedIpv4(address);
    // A translated address is never `public`: who needs one has a name for it, and a tunnel's far end is unknown.
    if (inner) return address.isIPv4MappedAddress() ? classify(inner) : 'forbidden';
  }
  const range = address.range();
  if (range === 'unicast') return 'public';
  return PRIVATE_RANGES.has(range) ? 'private' : 'forbidden';
}

/** Two spellings of one machine: equal addresses, or both of them this host. */
export function isSameHost(a: Address, b: Address): boolean {
  const [left, right] = [a, b].map((one) => (one instanceof ipaddr.IPv6 ? (mapped(one) ?? one) : one)) as [
    Address,
    Address,
  ];
  if (left.range() === 'loopback' && right.range() === 'loopback') return true;
  return left.toNormalizedString() === right.toNormalizedString();
}

const mapped = (address: ipaddr.IPv6) => (address.isIPv4MappedAddress() ? address.toIPv4Address() : null);
