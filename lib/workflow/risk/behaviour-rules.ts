import { nodeCategory, nodeNoun } from '../analysis/node-category';
import { reachFrom } from '../analysis/reach';
import { runsPerDay } from '../analysis/schedule';
import { isUntrusted } from '../checks/exposure';
import { flowOf } from '../layout/flow';
import type { ErrorPolicy, Json } from '../model';
import { compareText } from '../model';
import type { NodePair, RiskLevel, RiskReason, RiskRule } from './reason';

/** From what stops at once to what hides the failure. */
const LENIENCE: readonly ErrorPolicy[] = ['stopWorkflow', 'continueErrorOutput', 'continueRegularOutput'];

/** Failures that are met less well than before. */
export const errorHandlingWeakened: RiskRule = function* ({ pairs, before: old, after: current }) {
  for (const { node, before, after } of pairs) {
    if (!before || !after) continue;
    const weakened = (message: string, was: Json, is: Json): RiskReason => ({
      rule: 'error-handling-weakened',
      level: 'medium',
      node,
      message: `"${node.name}" ${message}.`,
      before: was,
      after: is,
    });
    if (before.retryOnFail && !after.retryOnFail) yield weakened('no longer tries again', true, false);
    else if (after.retryOnFail && after.maxTries < before.maxTries)
      yield weakened('tries fewer times', before.maxTries, after.maxTries);
    if (LENIENCE.indexOf(after.onError) > LENIENCE.indexOf(before.onError)) {
      const words =
        after.onError === 'continueRegularOutput' ? 'passes its failures on as results' : 'goes on after a failure';
      yield weakened(words, before.onError, after.onError);
    }
  }
  const [was, is] = [old.settings.errorWorkflow, current.settings.errorWorkflow];
  if (was !== undefined && was !== is) {
    const message =
      is === undefined ? 'Nobody is told any more when it fails.' : 'Another error workflow is told when it fails.';
    yield {
      rule: 'error-handling-weakened',
      level: 'medium',
      node: null,
      message,
      before: was,
      ...(is === undefined ? {} : { after: is }),
    };
  }
};

const CODE_KEYS = ['jsCode', 'pythonCode', 'functionCode', 'code', 'command'] as const;

/** Code and commands that are new or other than before. */
export const codeChanged: RiskRule = function* ({ pairs }) {
  for (const { node, before, after } of pairs) {
    if (!after || after.disabled || nodeCategory(after.type) !== 'code') continue;
    const isCommand = /^(executeCommand|ssh)$/.test(nodeNoun(after.type));
    const rule = isCommand ? 'command' : 'code';
    const noun = isCommand ? 'a command' : 'code';
    if (!before)
      yield {
        rule: `${rule}-added`,
        level: isCommand ? 'high' : 'medium',
        node,
        message: `"${node.name}" runs ${noun} that was not there.`,
      };
    else if (CODE_KEYS.some((key) => before.parameters[key] !== after.parameters[key])) {
      yield {
        rule: `${rule}-changed`,
        level: isCommand ? 'high' : 'medium',
        node,
        message: `"${node.name}" runs other ${isCommand ? 'commands' : 'code'} than before.`,
      };
    }
  }
};

/** Prompts, models and queries that are other than before. */
export const textsChanged: RiskRule = function* ({ pairs }) {
  const nouns = { prompt: 'prompt', sql: 'query' } as const;
  for (const { node, after, changes } of pairs) {
    for (const change of changes) {
      if (change.kind !== 'node.changed' || !after) continue;
      const { text, path } = change;
      if (text === 'prompt' || text === 'sql') {
        yield {
          rule: `${nouns[text]}-changed`,
          level: 'medium',
          node,
          message: `"${node.name}" works with another ${nouns[text]}.`,
        };
      } else if (/^(model|modelId|modelName)$/.test(String(path[1])) && nodeCategory(after.type) === 'ai') {
        yield { rule: 'model-changed', level: 'medium', node, message: `"${node.name}" asks another model.` };
      }
    }
  }
};

/** Agents that can do more than before; worse where strangers can talk to them. */
export const agentToolsWidened: RiskRule = function* ({ before, after, oldNames }) {
  const had = new Set(before.edges.filter(isTool).map(({ from, to }) => `${from}→${to}`));
  const old = (name: string) => oldNames.get(name) ?? name;
  const gained = after.edges.filter((edge) => isTool(edge) && !had.has(`${old(edge.from)}→${old(edge.to)}`));
  if (gained.length === 0) return;
  const starts = [...after.nodes.keys()].filter((position) => isUntrusted(after.nodes[position]!));
  const reached = new Set([...reachFrom(starts, flowOf(after))].map((position) => after.nodes[position]!.name));
  const byName = new Map(after.nodes.map((node) => [node.name, node]));
  for (const { from, to } of gained) {
    const agent = byName.get(to)!;
    const level: RiskLevel = reached.has(to) ? 'high' : 'medium';
    const words = reached.has(to) ? ', and strangers can talk to it' : '';
    const node = { key: agent.key, name: to, type: agent.type };
    yield {
      rule: 'agent-tools-widened',
      level,
      node,
      message: `The agent "${to}" can now use "${from}"${words}.`,
      after: from,
    };
  }
};

const isTool = ({ type }: { readonly type: string }): boolean => type === 'ai_tool';

/** Settings that decide how or when everything runs, and node versions, which change defaults. */
export const executionChanged: RiskRule = function* ({ pairs, before, after }) {
  const scheduled = after.nodes.some(({ type, parameters }) => runsPerDay(type, parameters) !== undefined);
  for (const [key, level, words] of [
    ['timezone', scheduled ? 'medium' : 'low', 'It keeps another time zone.'],
    ['executionOrder', 'medium', 'Branches run in another order.'],
    ['executionTimeout', 'low', 'It may run for another length of time.'],
  ] as const) {
    const [was, is] = [before.settings[key] ?? null, after.settings[key] ?? null];
    if (was !== is)
      yield {
        rule: `${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-changed`,
        level,
        node: null,
        message: words,
        before: was,
        after: is,
      };
  }
  for (const { node, before: old, after: current } of pairs) {
    if (!old || !current || old.typeVersion === current.typeVersion) continue;
    const level = Math.trunc(old.typeVersion) === Math.trunc(current.typeVersion) ? 'low' : 'medium';
    const message = `"${node.name}" is version ${current.typeVersion} of its type instead of ${old.typeVersion}.`;
    yield { rule: 'type-version-changed', level, node, message, before: old.typeVersion, after: current.typeVersion };
  }
};

/** Whatever alters what happens and no other rule spoke of: low, never nothing. */
export function otherwise({ pairs, changes }: Parameters<RiskRule>[0], spoken: readonly RiskReason[]): RiskReason[] {
  const named = new Set(spoken.map(({ node }) => node?.name));
  const matters = (change: NodePair['changes'][number]) =>
    ['exposure', 'schedule', 'behaviour', 'wiring', 'credential'].includes(change.class);
  const nodes = pairs
    .filter(({ node, changes: own }) => !named.has(node.name) && own.some(matters))
    .toSorted((a, b) => compareText(a.node.name, b.node.name))
    .map(
      ({ node }): RiskReason => ({
        rule: 'behaviour-changed',
        level: 'low',
        node,
        message: `"${node.name}" behaves differently.`,
      }),
    );
  const wires = changes.filter(({ kind }) => kind.startsWith('connection.')).length;
  if (wires === 0) return nodes;
  return [
    ...nodes,
    {
      rule: 'wiring-changed',
      level: 'low',
      node: null,
      message: `${wires === 1 ? 'One connection' : `${wires} connections`} between nodes changed.`,
    },
  ];
}
