import { externalSystem, hostOf } from '../analysis/external-system';
import { isOutbound } from '../analysis/robustness';
import type { WorkflowNode } from '../model';
import { field } from '../own-field';
import { callsOfNode } from '../references/calls';
import { documentNode } from '../references/document';
import { isLocator, readTarget } from '../references/locator';
import { asText } from '../references/path';
import type { RiskRule } from './reason';

/** A computed address that says more than the fact that it is one would be a guess. */
const COMPUTED = 'decided at run time';

/** Data goes to another host, another system, or another thing in the same one. */
export const destinationChanged: RiskRule = function* ({ pairs, before: old }) {
  const known = new Set(old.nodes.map(externalSystem));
  for (const { node, before, after } of pairs) {
    if (!after || after.disabled) continue;
    const system = externalSystem(after);
    if (!before) {
      if (system === undefined || known.has(system)) continue;
      yield {
        rule: 'system-added',
        level: 'medium',
        node,
        message: `"${node.name}" now talks to ${system}, which nothing did before.`,
        after: system,
      };
      continue;
    }
    const [was, is] = [destination(before), destination(after)];
    if (was !== is && was !== undefined && is !== undefined) {
      yield {
        rule: 'destination-changed',
        level: 'high',
        node,
        message: `"${node.name}" now calls ${is} instead of ${was}.`,
        before: was,
        after: is,
      };
    }
  }
};

function destination({ parameters }: WorkflowNode): string | undefined {
  const url = asText(parameters.url);
  if (url === undefined) return undefined;
  return hostOf(parameters) ?? (url.includes('{{') ? COMPUTED : url);
}

/** The same node works on another document, channel, table or base. */
export const resourceChanged: RiskRule = function* ({ pairs }) {
  for (const { node, before, after } of pairs) {
    if (!before || !after) continue;
    for (const [key, value] of Object.entries(after.parameters)) {
      if (!isLocator(value) || key === 'workflowId') continue;
      const [was, is] = [labelOf(before.parameters[key]), labelOf(value)];
      if (was === undefined || is === undefined || was.target === is.target) continue;
      const message = `"${node.name}" now uses ${is.label} as ${key} instead of ${was.label}.`;
      yield { rule: 'resource-changed', level: 'medium', node, message, before: was.target, after: is.target };
    }
  }
};

function labelOf(locator: Parameters<typeof readTarget>[0]) {
  const found = readTarget(locator);
  const target = found?.expression ?? found?.id ?? found?.name;
  return target === undefined
    ? undefined
    : { target, label: found?.expression ? COMPUTED : `"${found?.name ?? target}"` };
}

/** Another workflow is called than before. */
export const callChanged: RiskRule = function* ({ pairs, before: old, after: current }) {
  for (const { node, before, after } of pairs) {
    if (!before || !after) continue;
    const target = (side: WorkflowNode, ownId: string | null) =>
      callsOfNode(documentNode(side), ownId)
        .map(({ self, expression, id, name }) => (self ? 'itself' : (expression ?? id ?? name ?? '')))
        .join(', ');
    const [was, is] = [target(before, old.id), target(after, current.id)];
    if (was !== is)
      yield {
        rule: 'call-changed',
        level: 'high',
        node,
        message: `"${node.name}" now calls another workflow.`,
        before: was,
        after: is,
      };
  }
};

/** Other keys to other systems. */
export const credentialSwapped: RiskRule = function* ({ pairs }) {
  for (const { node, before, after } of pairs) {
    if (!before || !after) continue;
    for (const type of new Set([...Object.keys(before.credentials), ...Object.keys(after.credentials)])) {
      const [was, is] = [field(before.credentials, type), field(after.credentials, type)];
      const [from, to] = [was?.id ?? was?.name ?? null, is?.id ?? is?.name ?? null];
      if (from === to) continue;
      const rule = !was ? 'credential-added' : !is ? 'credential-removed' : 'credential-swapped';
      const words = !was
        ? `now uses the credential "${is?.name}"`
        : !is
          ? `no longer uses the credential "${was.name}"`
          : `now uses the credential "${is.name}" instead of "${was.name}"`;
      yield {
        rule,
        level: was ? 'high' : 'medium',
        node,
        message: `"${node.name}" ${words}.`,
        before: from,
        after: to,
      };
    }
  }
};

const DESTRUCTIVE = /^(delete|drop|truncate|remove|deleteTable|deleteAll|purge|clear)/i;

/** Something is deleted that was not before, or an action is gone. */
export const actionsChanged: RiskRule = function* ({ pairs }) {
  for (const { node, before, after } of pairs) {
    const [was, is] = [asText(before?.parameters.operation), asText(after?.parameters.operation)];
    if (after && is !== undefined && is !== was && DESTRUCTIVE.test(is) && isOutbound(after)) {
      yield {
        rule: 'destructive-operation',
        level: 'high',
        node,
        message: `"${node.name}" now runs "${is}".`,
        before: was ?? null,
        after: is,
      };
    }
    const isGone = before && isOutbound(before) && (!after || after.disabled);
    if (isGone) yield { rule: 'action-removed', level: 'medium', node, message: `"${node.name}" no longer runs.` };
  }
};
