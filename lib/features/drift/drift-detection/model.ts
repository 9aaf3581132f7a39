import { sha256 } from '#sha256';

/** What is approved of one workflow, as digests and flags. */
export type ApprovedTarget = {
  logicDigest: string;
  /** Of name, description, tags and the settings that are no logic. */
  settingsDigest: string;
  active: boolean;
  archived: boolean;
  tags: readonly string[];
};

/** What was seen of it. `publishedDigest` is of what runs; null when nothing does. */
export type ObservedTarget = ApprovedTarget & { publishedDigest: string | null };

const TARGET_FIELDS = ['logicDigest', 'settingsDigest', 'active', 'archived'] as const;

/** Whether it has to be looked into. Where everything agrees no body is read; layout and test data never count. */
export const differs = (approved: ApprovedTarget, observed: ObservedTarget): boolean =>
  TARGET_FIELDS.some((field) => approved[field] !== observed[field]) || runsOther(approved, observed);

/** Whether what runs is not what was approved. */
export const runsOther = ({ logicDigest }: ApprovedTarget, { active, publishedDigest }: ObservedTarget): boolean =>
  active && publishedDigest !== logicDigest;

/** What is switched or set without an edit; who does so through us with a reason answers for it. */
export const ASPECTS = ['active', 'tags'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** Those that are not as approved. What is not there can say of none that it is. */
export const departedOf = (approved: ApprovedTarget, observed: ObservedTarget | null): Aspect[] =>
  ASPECTS.filter((aspect) => !observed || String(aspectOf(approved, aspect)) !== String(aspectOf(observed, aspect)));

const aspectOf = ({ active, tags }: ApprovedTarget, aspect: Aspect) =>
  aspect === 'active' ? active : JSON.stringify([...tags].sort());

/** When a check last found each as approved, ISO 8601; null: not since such times are kept. */
export type HeldUntil = Record<Aspect, string | null>;

/** The same drift has the same one, however often it is found; null: there is nothing on that side. */
export const fingerprintOf = (key: string, approved: ApprovedTarget | null, observed: ObservedTarget | null): string =>
  sha256(
    JSON.stringify([key, approved && sides(approved), observed && [...sides(observed), observed.publishedDigest]]),
  );

/** What an unmanaged workflow contains is nobody's promise: that it is there, and whether it runs, can be accepted. */
export const unmanagedFingerprint = (key: string, { active, archived }: Pick<ApprovedTarget, 'active' | 'archived'>) =>
  fingerprintOf(key, null, { logicDigest: '', settingsDigest: '', publishedDigest: null, active, archived, tags: [] });

const sides = ({ logicDigest, settingsDigest, active, archived }: ApprovedTarget) => [
  logicDigest,
  settingsDigest,
  active,
  archived,
];

/** A difference that is no drift, and who answers for it. */
export type Expected = {
  by: 'binding' | 'action' | 'accepted';
  reason: string;
  /** Who declared, did or accepted it. */
  who: string;
  /** ISO 8601; null is without an end. */
  until: string | null;
};

export const CHECK_STATUSES = ['clean', 'drifted', 'no_baseline', 'failed'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];
export const CHECK_TRIGGERS = ['schedule', 'request', 'resolution'] as const;
export type CheckTrigger = (typeof CHECK_TRIGGERS)[number];

/** A check costs its instance at most this part of the time. */
const SHARE = 1 / 20;
const MAX_INTERVAL_S = 3_600;
/** Where something just moved, the next look comes sooner. */
const SOON_S = 60;

type Pace = { intervalSeconds: number; durationMs: number; failures: number; moved: boolean };

/**
 * Seconds until the next check: the policy's interval; longer where a check takes long or fails again and again, up to
 * an hour (or the interval, when that is longer); a minute after drift came, changed or went.
 */
export function nextCheckIn({ intervalSeconds, durationMs, failures, moved }: Pace): number {
  const longest = Math.max(MAX_INTERVAL_S, intervalSeconds);
  if (failures > 0) return Math.min(longest, intervalSeconds * 2 ** Math.min(failures, 10));
  const affordable = durationMs / 1_000 / SHARE;
  const wanted = moved ? Math.min(SOON_S, intervalSeconds) : intervalSeconds;
  return Math.min(longest, Math.max(wanted, affordable));
}
