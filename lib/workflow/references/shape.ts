import { editWorkflow, type OwnedEdit } from '../edit/edit-workflow';
import type { Json, Workflow } from '../model';
import { extractReferences } from './extract';
import type { Reference } from './reference';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The workflow with every reference that holds on one instance only replaced by its kind and display name, so that the
 * same workflow looks alike on two instances: credentials, workflows, data tables, projects, URLs of an instance,
 * generated webhook paths. What is computed stays as written. Made for hashing, never for writing back.
 */
export function shapeOf(workflow: Workflow): Workflow {
  const edits = extractReferences(workflow).flatMap((reference) => shapeEdit(reference));
  return editWorkflow(workflow, edits);
}

function shapeEdit(reference: Reference): OwnedEdit[] {
  const value = shapeValue(reference);
  if (value === undefined || reference.expression !== undefined) return [];
  const { node, path, span } = reference;
  return [{ node: node?.key ?? null, path, value, ...(span ? { span } : {}) }];
}

function shapeValue(reference: Reference): Json | undefined {
  const { kind, name = '', path, span } = reference;
  switch (kind) {
    case 'credential':
      return { id: null, name, managed: false };
    case 'workflow':
      if (reference.written === 'expression') return undefined;
      if (reference.id === undefined) return undefined;
      // n8n writes an error workflow as a bare id; what each instance calls its own says nothing about this one.
      return span
        ? kind
        : { kind, name: reference.self ? '$workflow' : reference.role === 'errorWorkflow' ? '' : name };
    case 'dataTable':
    case 'project':
      return { kind, name };
    case 'ownUrl':
      return 'https://instance';
    case 'webhook':
      return path.at(-1) === 'path' && UUID.test(name) ? kind : undefined;
    default:
      return undefined;
  }
}
