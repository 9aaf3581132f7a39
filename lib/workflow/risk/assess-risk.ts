import { type Finding, runChecks } from '../checks/run-checks';
import type { Change } from '../diff/change';
import type { Workflow } from '../model';
import {
  agentToolsWidened,
  codeChanged,
  errorHandlingWeakened,
  executionChanged,
  otherwise,
  textsChanged,
} from './behaviour-rules';
import {
  actionsChanged,
  callChanged,
  credentialSwapped,
  destinationChanged,
  resourceChanged,
} from './destination-rules';
import { accessWidened, addressChanged, triggerMadePublic, triggersChanged } from './exposure-rules';
import {
  type Comparison,
  compare,
  higher,
  RISK_LEVELS,
  type RiskLevel,
  type RiskReason,
  type RiskRule,
} from './reason';

/** How risky a change is, and every reason for it, the gravest first. */
export interface Risk {
  readonly level: RiskLevel;
  readonly reasons: readonly RiskReason[];
}

const RULES: readonly RiskRule[] = [
  triggerMadePublic,
  addressChanged,
  triggersChanged,
  accessWidened,
  destinationChanged,
  resourceChanged,
  callChanged,
  credentialSwapped,
  actionsChanged,
  agentToolsWidened,
  codeChanged,
  textsChanged,
  errorHandlingWeakened,
  executionChanged,
  checkBroken,
];

/**
 * Judges a change by its semantic diff: `changes` is what `diffWorkflows(before, after)` gives. The level is that of
 * the gravest reason; cosmetic changes and test data alone are no risk.
 */
export function assessRisk(before: Workflow, after: Workflow, changes: readonly Change[]): Risk {
  if (changes.length === 0) return { level: 'none', reasons: [] };
  const comparison = compare(before, after, changes);
  const spoken = RULES.flatMap((rule) => [...rule(comparison)]);
  const reasons = [...spoken, ...otherwise(comparison, spoken)].toSorted(
    (a, b) => RISK_LEVELS.indexOf(b.level) - RISK_LEVELS.indexOf(a.level),
  );
  return { level: reasons.reduce((level: RiskLevel, reason) => higher(level, reason.level), 'none'), reasons };
}

/** Errors that the checks find now and did not before, whatever the nodes are called. */
function* checkBroken({ before, after, oldNames }: Comparison): Generator<RiskReason> {
  const identity = ({ check, path, message }: Finding) => `${check} ${path.join('/')} ${message}`;
  const oldMessage = (message: string) =>
    message.replaceAll(/"([^"]*)"/g, (whole, name: string) => (oldNames.has(name) ? `"${oldNames.get(name)}"` : whole));
  const known = new Set(runChecks(before).map(identity));
  for (const finding of runChecks(after)) {
    const isKnown = known.has(identity({ ...finding, message: oldMessage(finding.message) }));
    if (finding.severity !== 'error' || isKnown) continue;
    const level = finding.check === 'plaintext-secret' ? 'critical' : 'high';
    yield { rule: `check-${finding.check}`, level, node: finding.node, message: finding.message };
  }
}

/** Whether a policy that tolerates up to `most` lets the risk pass; `rules` are reasons it never tolerates. */
export function isTolerated({ level, reasons }: Risk, most: RiskLevel, rules: readonly string[] = []): boolean {
  return RISK_LEVELS.indexOf(level) <= RISK_LEVELS.indexOf(most) && !reasons.some(({ rule }) => rules.includes(rule));
}
