import { reachFrom } from '../analysis/reach';
import { flowOf } from '../layout/flow';
import type { JsonPath, Workflow } from '../model';
import { extractReferences } from '../references/extract';
import type { Check, CheckContext, CheckOptions, Severity } from './check';
import { untrustedAgent } from './check-agents';
import { duplicateWebhook, unauthenticatedWebhook } from './check-endpoints';
import { commandByExpression, sqlByExpression } from './check-injection';
import { denseSchedule, ignoredFailure, insecureTransport, missingErrorWorkflow, pinnedData } from './check-operation';
import {
  credentialByName,
  dynamicCall,
  environmentAccess,
  fixedInstanceUrl,
  unpinnedPackage,
} from './check-references';
import { plaintextSecret } from './check-secrets';
import { loopWithoutExit, missingNode, missingResponse, noTrigger, unreachableNode } from './check-structure';
import { isUntrusted } from './exposure';

/** Every check there is, in the order findings are listed. */
export const CHECKS: readonly Check[] = [
  plaintextSecret,
  untrustedAgent,
  sqlByExpression,
  commandByExpression,
  unauthenticatedWebhook,
  duplicateWebhook,
  missingResponse,
  missingNode,
  loopWithoutExit,
  unreachableNode,
  noTrigger,
  missingErrorWorkflow,
  unpinnedPackage,
  dynamicCall,
  credentialByName,
  environmentAccess,
  insecureTransport,
  ignoredFailure,
  denseSchedule,
  fixedInstanceUrl,
  pinnedData,
];

/** What a check found, as data. */
export interface Finding {
  /** The check's id. */
  readonly check: string;
  readonly severity: Severity;
  /** Null where the workflow as a whole is meant. */
  readonly node: { readonly key: string; readonly name: string; readonly type: string } | null;
  readonly path: JsonPath;
  readonly message: string;
  readonly remedy: string;
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Runs every check on a workflow's draft; errors first, then in the order of `CHECKS`. */
export function runChecks(workflow: Workflow, options: CheckOptions = {}): Finding[] {
  const context = contextOf(workflow, options);
  return CHECKS.flatMap((check) => [...check.find(context)].map((issue) => toFinding(check, issue))).sort(
    (a, b) => RANK[a.severity] - RANK[b.severity],
  );
}

type FoundIssue = ReturnType<Check['find']> extends Iterable<infer Issue> ? Issue : never;

function toFinding({ id, severity, remedy }: Check, issue: FoundIssue): Finding {
  const { node, path = [], message } = issue;
  return {
    check: id,
    severity: issue.severity ?? severity,
    node: node ? { key: node.key, name: node.name, type: node.type } : null,
    path,
    message,
    remedy,
  };
}

function contextOf(workflow: Workflow, options: CheckOptions): CheckContext {
  const flow = flowOf(workflow);
  const starts = [...workflow.nodes.keys()].filter((position) => isUntrusted(workflow.nodes[position]!));
  const untrusted = new Set([...reachFrom(starts, flow)].map((position) => workflow.nodes[position]!.key));
  const references = extractReferences(workflow, options.ownOrigins ? { ownOrigins: options.ownOrigins } : {});
  return { workflow, options, flow, references, untrusted };
}
