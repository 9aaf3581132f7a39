import { runsPerDay } from '../analysis/schedule';
import { endpointNoun, exposureOf } from '../checks/exposure';
import type { WorkflowNode } from '../model';
import { nodeKind } from '../node-kind';
import { documentNode } from '../references/document';
import { webhookAddress } from '../references/webhook-route';
import type { NodePair, RiskReason, RiskRule } from './reason';

/** Runs per day from which a schedule is dense however it was before: one a minute. */
const DENSE = 1440;

/** An endpoint that anyone may call and could not before. */
export const triggerMadePublic: RiskRule = function* ({ pairs }) {
  for (const { node, before, after } of pairs) {
    if (!after || exposureOf(after) !== 'open') continue;
    const was = before ? exposureOf(before) : 'closed';
    if (was === 'open') continue;
    const noun = endpointNoun(after.type);
    yield {
      rule: 'trigger-made-public',
      level: was === 'closed' ? 'high' : 'critical',
      node,
      message: `The ${noun} "${after.name}" now answers anyone who knows its address.`,
      before: was,
      after: 'open',
    };
  }
};

/** Another address or method: whoever calls the old one is turned away. */
export const addressChanged: RiskRule = function* ({ pairs }) {
  for (const { node, before, after } of pairs) {
    const [was, is] = [addressOf(before), addressOf(after)];
    if (was === undefined || is === undefined || was === is) continue;
    yield {
      rule: 'address-changed',
      level: 'high',
      node,
      message: `"${node.name}" now answers ${is} instead of ${was}.`,
      before: was,
      after: is,
    };
  }
};

function addressOf(node: WorkflowNode | undefined): string | undefined {
  if (!node || node.disabled) return undefined;
  const address = webhookAddress(documentNode(node));
  return address && [...address.methods, address.route ?? address.expression ?? ''].join(' ');
}

/** A way to start the workflow that is new or gone; schedules that run more often. */
export const triggersChanged: RiskRule = function* ({ pairs }) {
  for (const pair of pairs) {
    const { before, after } = pair;
    if (!isTrigger(before ?? after)) continue;
    const [was, is] = [isOn(before), isOn(after)];
    if (was && !is) yield reason(pair, 'trigger-removed', 'high', 'no longer starts the workflow');
    else if (!was && is) yield reason(pair, 'trigger-added', 'medium', 'now starts the workflow');
    if (is) yield* scheduleChange(pair);
  }
};

function* scheduleChange(pair: NodePair): Generator<RiskReason> {
  const { node, before, after } = pair;
  const was = before && isOn(before) ? runsPerDay(before.type, before.parameters) : 0;
  const is = runsPerDay(after!.type, after!.parameters);
  if (is === undefined) {
    const isSchedule = nodeKind(after!.type) === 'schedule' || (before !== undefined && was !== undefined && was > 0);
    if (isSchedule && was !== undefined)
      yield reason(pair, 'schedule-unknown', 'medium', 'has a schedule that cannot be read beforehand');
  } else if (was === undefined || was === is) return;
  else if (is > was) {
    const level = is >= DENSE || (was > 0 && is >= was * 10) ? 'high' : was > 0 ? 'medium' : 'low';
    const message = `"${node.name}" starts it ${often(is)} instead of ${often(was)}.`;
    yield { rule: 'schedule-denser', level, node, message, before: was, after: is };
  } else {
    const message = `"${node.name}" starts it only ${often(is)} instead of ${often(was)}.`;
    yield { rule: 'schedule-sparser', level: 'low', node, message, before: was, after: is };
  }
}

/** A rate as a person says it. */
function often(runs: number): string {
  if (runs === 0) return 'never';
  return runs >= 1 ? `${Number(runs.toFixed(1))} times a day` : `every ${Number((1 / runs).toFixed(1))} days`;
}

const isOn = (node: WorkflowNode | undefined): boolean => node !== undefined && !node.disabled;
const isTrigger = (node: WorkflowNode | undefined): boolean =>
  node !== undefined && ['schedule', 'trigger'].includes(nodeKind(node.type));

const reason = ({ node }: NodePair, rule: string, level: RiskReason['level'], words: string): RiskReason => ({
  rule,
  level,
  node,
  message: `"${node.name}" ${words}.`,
});

const POLICY_WIDTH = ['none', 'workflowsFromAList', 'workflowsFromSameOwner', 'any'];

/** Who may call the workflow, and whether it is on at all. */
export const accessWidened: RiskRule = function* ({ before, after }) {
  const width = (policy: unknown) =>
    POLICY_WIDTH.indexOf(typeof policy === 'string' ? policy : 'workflowsFromSameOwner');
  const [was, is] = [before.settings.callerPolicy, after.settings.callerPolicy];
  if (width(is) > width(was)) {
    yield whole(
      'callers-widened',
      is === 'any' ? 'high' : 'medium',
      'More workflows may call it.',
      String(was ?? 'default'),
      String(is ?? 'default'),
    );
  }
  const callers = (settings: typeof after.settings) =>
    new Set(
      String(settings.callerIds ?? '')
        .split(',')
        .filter(Boolean),
    );
  const added = [...callers(after.settings)].filter((id) => !callers(before.settings).has(id));
  if (is === 'workflowsFromAList' && was === is && added.length > 0) {
    yield whole(
      'callers-widened',
      'medium',
      `${added.length} more may call it.`,
      String(before.settings.callerIds ?? ''),
      String(after.settings.callerIds),
    );
  }
  if (after.settings.availableInMCP === true && before.settings.availableInMCP !== true) {
    yield whole('mcp-opened', 'high', 'MCP clients can now run it.', false, true);
  }
  if (before.active !== after.active) {
    yield after.active
      ? whole('activated', 'medium', 'It now runs on its own.', false, true)
      : whole('deactivated', 'high', 'It no longer runs on its own.', true, false);
  }
};

const whole = (
  rule: string,
  level: RiskReason['level'],
  message: string,
  before: string | boolean,
  after: string | boolean,
): RiskReason => ({
  rule,
  level,
  node: null,
  message,
  before,
  after,
});
