import { nodeNoun } from '../analysis/node-category';
import { isOutbound } from '../analysis/robustness';
import { runsPerDay } from '../analysis/schedule';
import { isObject, type Json, type JsonPath } from '../model';
import { nodeKind } from '../node-kind';
import type { Check } from './check';

/** Triggers with someone watching, or whose caller learns of the failure. */
const ATTENDED = new Set([
  'manualTrigger',
  'start',
  'manualChatTrigger',
  'executeWorkflowTrigger',
  'errorTrigger',
  'evaluationTrigger',
]);

/** Failures that nobody hears of. */
export const missingErrorWorkflow: Check = {
  id: 'missing-error-workflow',
  severity: 'warning',
  title: 'Nobody is told when it fails',
  remedy: 'Choose an error workflow in the settings.',
  *find({ workflow: { nodes, settings, active } }) {
    const unattended = nodes.some(
      ({ type, disabled }) =>
        !disabled && nodeKind(type) !== 'step' && nodeKind(type) !== 'note' && !ATTENDED.has(nodeNoun(type)),
    );
    if (!unattended || typeof settings.errorWorkflow === 'string') return;
    yield {
      path: ['settings', 'errorWorkflow'],
      severity: active ? 'warning' : 'info',
      message: 'It runs on its own and has no error workflow.',
    };
  },
};

/** Calls whose failure goes on as if it were a result. */
export const ignoredFailure: Check = {
  id: 'ignored-failure',
  severity: 'info',
  title: 'A failure is passed on as a result',
  remedy: 'Use the error output, or stop.',
  *find({ workflow: { nodes } }) {
    for (const node of nodes) {
      if (!isOutbound(node) || node.onError !== 'continueRegularOutput') continue;
      yield { node, path: ['onError'], message: `When "${node.name}" fails, its error goes on as ordinary data.` };
    }
  },
};

/** Runs every minute or more often. */
export const denseSchedule: Check = {
  id: 'dense-schedule',
  severity: 'info',
  title: 'It runs every minute or more often',
  remedy: 'Run it less often, or let the other system call a webhook.',
  *find({ workflow: { nodes } }) {
    for (const node of nodes) {
      const runs = node.disabled ? undefined : runsPerDay(node.type, node.parameters);
      if (runs !== undefined && runs >= 1440) {
        yield { node, path: ['parameters'], message: `"${node.name}" starts it ${Math.round(runs)} times a day.` };
      }
    }
  },
};

/** Connections that anyone on the way can read or change. */
export const insecureTransport: Check = {
  id: 'insecure-transport',
  severity: 'warning',
  title: 'A connection is not protected',
  remedy: 'Use https, and leave the certificate check on.',
  *find({ workflow: { nodes } }) {
    for (const node of nodes.filter(({ disabled }) => !disabled)) {
      const { url } = node.parameters;
      const host =
        typeof url === 'string' ? /^=?\s*http:\/\/([^\s/:{}]+\.[a-z]{2,})(?=[/:?#]|$)/i.exec(url)?.[1] : undefined;
      if (host && !/\.(local|internal|lan|svc|test)$/i.test(host)) {
        yield { node, path: ['parameters', 'url'], message: `"${node.name}" calls ${host} without encryption.` };
      }
      for (const path of uncheckedCertificates(node.parameters, ['parameters'])) {
        yield { node, path, message: `"${node.name}" accepts any certificate.` };
      }
    }
  },
};

function* uncheckedCertificates(value: Json | undefined, path: JsonPath): Generator<JsonPath> {
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if ((key === 'allowUnauthorizedCerts' || key === 'ignoreSslIssues') && item === true) yield [...path, key];
    else yield* uncheckedCertificates(item, [...path, key]);
  }
}

/** Test data that travels with a workflow in production. */
export const pinnedData: Check = {
  id: 'pinned-data',
  severity: 'info',
  title: 'Test data is pinned',
  remedy: 'Unpin it before it leaves this instance: it may hold personal data or secrets.',
  *find({ workflow: { nodes, pinData } }) {
    for (const node of nodes) {
      if (Object.hasOwn(pinData, node.name)) yield { node, message: `"${node.name}" has pinned test data.` };
    }
  },
};
