import type { JsonPath, Workflow } from '../model';
import { type DocumentNode, documentOf, inlineDocument, sourceOf, type WorkflowDocument } from './document';
import { isExpression, readWorkflowTarget, type Target } from './locator';
import { asObject, asText } from './path';
import type { Place, WorkflowReference, WorkflowRole } from './reference';

const ROLES = new Map<string, WorkflowRole>([
  ['n8n-nodes-base.executeWorkflow', 'execute'],
  ['@n8n/n8n-nodes-langchain.toolWorkflow', 'tool'],
  ['@n8n/n8n-nodes-langchain.retrieverWorkflow', 'retriever'],
  ['n8n-nodes-base.n8n', 'n8nNode'],
  ['n8n-nodes-base.n8nTool', 'n8nNode'],
]);
const ITSELF = /^=\s*\{\{\s*\$workflow\.id\s*\}\}\s*$/;

/**
 * Every workflow this one names: called, used as tool or retriever, managed through the API, error handler, permitted
 * caller; inside inline sub-workflows too. Looks at nothing else, so that it is cheap over thousands.
 */
export function workflowCalls(workflow: Workflow): WorkflowReference[] {
  const found: WorkflowReference[] = [];
  collect(
    documentOf(workflow, (node) => ROLES.has(node.type)),
    workflow.id,
    found,
  );
  return found;
}

function collect(document: WorkflowDocument, ownId: string | null, found: WorkflowReference[]): void {
  for (const node of document.nodes) {
    if (!ROLES.has(node.type)) continue;
    found.push(...callsOfNode(node, ownId));
    const inline = inlineDocument(node);
    if (inline) collect(inline, null, found);
  }
  found.push(...callsOfSettings(document, ownId));
}

/** The workflows one node names; empty for nodes that name none. What an inline body calls is not among them. */
export function callsOfNode(node: DocumentNode, ownId: string | null): WorkflowReference[] {
  const role = ROLES.get(node.type);
  if (!role) return [];
  const { parameters } = node;
  const call = (path: JsonPath, target: Target | undefined): WorkflowReference[] =>
    target ? [toCall(role, { ...node.place, path: [...node.place.path, 'parameters', ...path] }, target, ownId)] : [];
  if (role === 'n8nNode') {
    return [
      ...call(['workflowId'], readWorkflowTarget(parameters.workflowId)),
      ...call(['filters', 'workflowId'], readWorkflowTarget(asObject(parameters.filters).workflowId)),
    ];
  }
  switch (sourceOf(node)) {
    case 'parameter':
      return call(['workflowJson'], inlineTarget(node));
    case 'localFile':
      return call(['workflowPath'], outsideTarget('file', asText(parameters.workflowPath)));
    case 'url':
      return call(['workflowUrl'], outsideTarget('remote', asText(parameters.workflowUrl)));
    default:
      return call(['workflowId'], readWorkflowTarget(parameters.workflowId));
  }
}

function inlineTarget(node: DocumentNode): Target | undefined {
  const { workflowJson } = node.parameters;
  if (workflowJson === undefined) return undefined;
  return typeof workflowJson === 'string' && isExpression(workflowJson)
    ? { written: 'expression', expression: workflowJson }
    : { written: 'inline' };
}

function outsideTarget(written: 'file' | 'remote', text: string | undefined): Target | undefined {
  if (text === undefined) return undefined;
  return isExpression(text) ? { written: 'expression', expression: text } : { written, name: text };
}

/** The error workflow and the permitted callers of a document's settings. */
export function callsOfSettings(document: WorkflowDocument, ownId: string | null): WorkflowReference[] {
  const { settings, place } = document;
  const at = (key: string): Place => ({ ...place, path: [...place.path, key] });
  const handler = settings.errorWorkflow === 'DEFAULT' ? undefined : readWorkflowTarget(settings.errorWorkflow);
  const callers = settings.callerPolicy === 'workflowsFromAList' ? asText(settings.callerIds) : undefined;
  return [
    ...(handler ? [toCall('errorWorkflow', at('errorWorkflow'), handler, ownId)] : []),
    ...(callers === undefined ? [] : listedCallers(callers, at('callerIds'), ownId)),
  ];
}

function listedCallers(list: string, place: Place, ownId: string | null): WorkflowReference[] {
  if (isExpression(list)) return [toCall('caller', place, { written: 'expression', expression: list }, ownId)];
  return [...list.matchAll(/[^\s,]+/g)].map(({ 0: id, index }) => ({
    ...toCall('caller', place, { written: 'commaList', id }, ownId),
    span: [index, index + id.length],
  }));
}

/** Whether a text is exactly `={{ $workflow.id }}`. */
export const namesItself = (text: string): boolean => ITSELF.test(text);

function toCall(role: WorkflowRole, place: Place, target: Target, ownId: string | null): WorkflowReference {
  if (target.expression !== undefined && namesItself(target.expression)) {
    return { kind: 'workflow', role, self: true, ...place, written: 'expression' };
  }
  return { kind: 'workflow', role, self: ownId !== null && target.id === ownId, ...place, ...target };
}
