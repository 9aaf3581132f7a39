import { invalid } from '@/lib/core/errors';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import { writeWorkflow } from '@/lib/workflow/canonical/document';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';

/**
 * What can be written of a workflow that came from outside: read, and written anew in n8n's shape, so that ids, state
 * and forbidden keys in it go nowhere. `fallback` names one that has no name. Throws `invalid` for what is no workflow.
 */
export function toDocument(json: unknown, fallback: string): WorkflowDocument {
  const { workflow, problems } = readWorkflow(json, { name: fallback });
  if (!workflow) {
    const errors = problems
      .filter(({ severity }) => severity === 'fatal')
      .map(({ path, message }) => ({ path: `workflow${path.replaceAll('/', '.')}`, message }));
    throw invalid(`This is not a workflow: ${errors[0]?.message ?? 'it cannot be read'}.`, errors, {
      code: 'not_a_workflow',
    });
  }
  const { tags: _tags, active: _active, isArchived: _archived, ...document } = writeWorkflow(workflow);
  return document as unknown as WorkflowDocument;
}
