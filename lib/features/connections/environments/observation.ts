import type { ProviderFailure } from '@/lib/ports/provider-error';
import type { Capability, Probe, ProbeReport } from '@/lib/ports/provider-probe';
import type { Axes, ConnectionProblem, ConnectionTest, InstanceReport } from './schema';

/** Where the API lives, as it is kept: no query, no trailing slash. */
export function toBaseUrl(text: string): string {
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/\/+$/, '');
}

export const sameOrigin = (a: string, b: string): boolean => new URL(a).origin === new URL(b).origin;

/** Enough of a key to recognise it by. */
export const hintOf = (apiKey: string): string => (apiKey.length >= 12 ? `…${apiKey.slice(-4)}` : '…');

/** A name as part of URLs and paths: ASCII, and never empty. */
export function slugOf(name: string, fallback = 'environment'): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return slug || fallback;
}

/** Failures that say nothing about the address or the key: the instance may be fine in a minute. */
const PASSING: ReadonlySet<string> = new Set<ProviderFailure>([
  'unreachable',
  'timeout',
  'unavailable',
  'rate_limited',
]);

/** Whether an environment may be saved although its check ended like this. */
export const mayBeAway = (failure: string): boolean => PASSING.has(failure);

/** Failures after which every further question would get the same answer. */
const OF_CONNECTION: ReadonlySet<string> = new Set<ProviderFailure>([
  'unreachable',
  'address_refused',
  'timeout',
  'unavailable',
  'key_rejected',
]);
export const isConnectionFailure = (failure: string): boolean => OF_CONNECTION.has(failure);

export const statusAfter = (failure: string): 'refused' | 'unreachable' =>
  failure === 'key_rejected' || failure === 'not_permitted' ? 'refused' : 'unreachable';

export function toConnectionTest(probe: Probe): ConnectionTest {
  if (probe.ok) return { ok: true, report: toInstanceReport(probe.report), problem: null };
  const { failure, field, detail } = probe.problem;
  return { ok: false, report: null, problem: { code: failure, field, detail } };
}

export const toInstanceReport = ({ version, key, capabilities, checkedAt }: ProbeReport): InstanceReport => ({
  version,
  key,
  checkedAt,
  capabilities: Object.entries(capabilities).map(([capability, support]) => ({
    capability: capability as Capability,
    works: support.works,
    why: support.works ? null : support.why,
    detail: support.works ? null : support.detail,
  })),
});

/** `2.41.1`, or `2.30.0+` where the instance does not tell. */
export const versionText = ({ exact, atLeast }: ProbeReport['version']): string => exact ?? `${atLeast}+`;

/** What a promotion asks of an instance. */
const NEEDED: readonly Capability[] = [
  'workflows.read',
  'workflows.write',
  'workflows.publish',
  'tags.read',
  'executions.read',
];

/** What the axes are told from: an environment's row. */
export type Observed = {
  class: 'dev' | 'staging' | 'production';
  connectionStatus: string;
  connectionSince: Date | null;
  connectionCheckedAt: Date | null;
  connectionProblem: unknown;
  capabilities: unknown;
  capabilitiesAt: Date | null;
  driftStatus: string;
  driftSince: Date | null;
  driftCheckedAt: Date | null;
  driftCount: number | null;
  driftProblem: unknown;
  syncedAt: Date | null;
  syncIntervalSeconds: number;
};

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** The four axes. What was not checked, or cannot be told while the instance is away, is unknown. */
export function axesOf(row: Observed, now: Date): Axes {
  const connected = row.connectionStatus === 'connected';
  const report = row.capabilities as ProbeReport | null;
  const missing = NEEDED.flatMap((capability) => {
    const support = report?.capabilities[capability];
    return support && !support.works ? [support.detail] : [];
  });
  const readiness = !connected || !report ? 'unknown' : missing.length > 0 ? 'limited' : 'ready';
  const staleAfter = 2 * row.syncIntervalSeconds * 1000;
  const fresh = row.syncedAt && now.getTime() - row.syncedAt.getTime() <= staleAfter;
  return {
    connection: {
      status: row.connectionStatus as Axes['connection']['status'],
      since: iso(row.connectionSince),
      checkedAt: iso(row.connectionCheckedAt),
      // What the last failure was no longer matters once it is connected again.
      problem: connected ? null : (row.connectionProblem as ConnectionProblem | null),
    },
    drift: driftOf(row),
    readiness: { status: readiness, checkedAt: iso(row.capabilitiesAt), missing },
    freshness: { status: fresh ? 'fresh' : row.syncedAt ? 'stale' : 'never', asOf: iso(row.syncedAt) },
  };
}

/** Dev changes all the time: it is never held to anything. */
function driftOf(row: Observed): Axes['drift'] {
  if (row.class === 'dev') return { status: 'not_tracked', since: null, checkedAt: null, count: null, problem: null };
  return {
    status: row.driftStatus as Axes['drift']['status'],
    since: iso(row.driftSince),
    checkedAt: iso(row.driftCheckedAt),
    count: row.driftCount,
    problem: row.driftProblem as Axes['drift']['problem'],
  };
}
