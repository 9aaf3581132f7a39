import { sha256 } from '#sha256';
import { gravest, type Policy, type Severity } from '../drift-policies/model';

/** How a workflow can differ from what is approved; where several are true, the first of them names it. */
export const DRIFT_CLASSES = [
  'deleted',
  'unmanaged',
  'edited',
  'credential_rebound',
  'published_without_promotion',
  'deactivated',
  'activated',
  'settings',
  'tags',
] as const;
export type DriftClass = (typeof DRIFT_CLASSES)[number];

/** Why a difference is grave, as the risk rules say it. */
export type DriftReason = { rule: string; level: string; message: string };

/** One workflow that differs. `fingerprint` is of both sides: any movement of either gives another one. */
export type Finding = {
  /** The lineage's id, or `n8n:<id>` where there is none. */
  key: string;
  workflowId: string | null;
  n8nId: string | null;
  name: string;
  driftClass: DriftClass;
  classes: DriftClass[];
  severity: Severity;
  fingerprint: string;
  sentences: string[];
  reasons: DriftReason[];
};

export const INCIDENT_STATUSES = ['detected', 'acknowledged', 'stabilized', 'reconciled', 'closed'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/**
 * The legal moves. `reconciled → detected` is a check's alone: the resolution did not hold. Nothing leaves `closed`:
 * what differs later is another incident.
 */
const MOVES: Record<IncidentStatus, readonly IncidentStatus[]> = {
  detected: ['acknowledged', 'reconciled', 'closed'],
  acknowledged: ['stabilized', 'reconciled', 'closed'],
  stabilized: ['reconciled', 'closed'],
  reconciled: ['closed', 'detected'],
  closed: [],
};

export const canMove = (from: IncidentStatus, to: IncidentStatus): boolean => MOVES[from].includes(to);
/** Where an incident has to stand to get there: the condition of the update that moves it. */
export const sourcesOf = (to: IncidentStatus): IncidentStatus[] =>
  INCIDENT_STATUSES.filter((from) => canMove(from, to));

/** `undone`: the difference went away without a resolution. `mixed`: its workflows were resolved in different ways. */
export const RESOLUTIONS = ['revert', 'keep', 'replace', 'accept'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];
export const OUTCOMES = [...RESOLUTIONS, 'mixed', 'undone'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What an incident is resolved as, given what its earlier parts were. */
export const combine = (before: Outcome | null, now: Outcome): Outcome =>
  before === null || before === 'undone' || before === now ? now : 'mixed';

/**
 * What is to be decided about one workflow: both sides, and what of their difference is drift. The latter moves alone
 * when somebody declares a part of it, or such a declaration ends.
 */
export const residueOf = ({ fingerprint, classes, sentences }: Residue): string =>
  JSON.stringify([fingerprint, classes, sentences]);
type Residue = { fingerprint: string; classes: string[]; sentences: unknown };

/** What an acceptance covers of a difference; null: all of it. Of what nobody approved nothing can be declared. */
export type Accepted = { classes: string[]; sentences: string[] } | null;
export const acceptedOf = ({ classes, sentences }: Residue): Accepted =>
  classes.includes('unmanaged') ? null : { classes, sentences: sentences as string[] };

/** Declaring a part of what was accepted leaves less of it; what was declared then and no longer is, is more. */
export const isCovered = (accepted: Accepted, { classes, sentences }: Pick<Finding, 'classes' | 'sentences'>) =>
  !accepted ||
  (classes.every((one) => accepted.classes.includes(one)) &&
    sentences.every((one) => accepted.sentences.includes(one)));

/** Of the drift as a whole, in any order. A decision binds to it: once it moves, the decision is void. */
export const driftDigest = (findings: readonly (Residue & { key: string })[]): string =>
  sha256(
    findings
      .map((one) => `${one.key} ${residueOf(one)}`)
      .sort()
      .join('\n'),
  );

const CLASS_WORDS: Record<DriftClass, string> = {
  deleted: 'was deleted',
  unmanaged: 'was never approved',
  edited: 'was edited',
  credential_rebound: 'uses another credential',
  published_without_promotion: 'runs a version that was not promoted',
  deactivated: 'was switched off',
  activated: 'was switched on',
  settings: 'has other settings',
  tags: 'has other tags',
};

type Named = Pick<Finding, 'name' | 'driftClass' | 'severity'>;

/** One line for lists: the gravest workflow and how many more. */
export function titleOf(findings: readonly Named[], environment: string): string {
  const level = gravest(findings.map(({ severity }) => severity));
  const first = findings.find(({ severity }) => severity === level);
  if (!first) return `Drift in ${environment}`;
  const others = findings.length - 1;
  const more = others === 0 ? '' : others === 1 ? ', and one more differs' : `, and ${others} more differ`;
  return `${first.name} ${CLASS_WORDS[first.driftClass]} in ${environment}${more}`;
}

type Timed = { status: IncidentStatus; dueAt: Date; expiredAt: Date | null };
export const isOverdue = ({ status, dueAt }: Timed, now: Date): boolean => status !== 'closed' && dueAt <= now;

/** What time alone does to an open incident; null when nothing is due. */
export function escalationOf(
  incident: Timed & { warnedAt: Date | null },
  policy: Pick<Policy, 'warningHours'>,
  now: Date,
): 'expired' | 'warned' | null {
  if (incident.status === 'closed') return null;
  if (isOverdue(incident, now)) return incident.expiredAt ? null : 'expired';
  const warning = incident.dueAt.getTime() - policy.warningHours * 3_600_000;
  return policy.warningHours > 0 && !incident.warnedAt && warning <= now.getTime() ? 'warned' : null;
}

/** Why an open incident stops promotions into its environment, by the policy; null when it does not. */
export function blockRuleOf(
  incident: Timed,
  policy: Pick<Policy, 'blockOnDrift' | 'blockOnExpired'>,
  now: Date,
): 'drift_open' | 'drift_expired' | null {
  if (incident.status === 'closed' || incident.status === 'reconciled') return null;
  if (policy.blockOnExpired && isOverdue(incident, now)) return 'drift_expired';
  return policy.blockOnDrift ? 'drift_open' : null;
}
