import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { Target } from '../change-plans/schema';
import { graphOf, targetOf } from '../change-plans/target';

export const HAND_EDITS = ['text', 'rename', 'deactivate', 'activate', 'archive', 'delete', 'move'] as const;
export type HandEditKind = (typeof HAND_EDITS)[number];
export const handEdit = fc.constantFrom(...HAND_EDITS);

/** Somebody's work in the editor, behind everybody's back. */
export type HandEdit = { id: string; kind: HandEditKind; left: Target | null };

/** Null when there was nothing to edit. */
export function editByHand(instance: ScriptedInstance, id: string, kind: HandEditKind): HandEdit | null {
  const before = instance.workflows.get(id);
  if (!before || (before.archived && kind !== 'delete')) return null;
  if (kind === 'delete') instance.workflows.delete(id);
  else instance.save({ ...live(instance, changed(before, kind)), updatedAt: instance.now() });
  const after = instance.workflows.get(id);
  return { id, kind, left: after ? targetOf(after) : null };
}

/** Where no draft stands beside what runs, a save in the editor goes live too. */
function live(instance: ScriptedInstance, after: RemoteWorkflow): RemoteWorkflow {
  if (!after.published || instance.supports('workflows.draftOnly')) return after;
  return { ...after, published: { ...after.published, ...graphOf(after.document), versionId: after.versionId } };
}

function changed(before: RemoteWorkflow, kind: HandEditKind): RemoteWorkflow {
  const { document, versionId } = before;
  const nodes = structuredClone(document.nodes);
  switch (kind) {
    case 'text':
      nodes.at(-1)!.parameters = { text: `by hand ${randomUUID()}` };
      return { ...before, document: { ...document, nodes }, versionId: randomUUID() };
    case 'move':
      nodes[0]!.position = [Math.round(Math.random() * 1e6), 0];
      return { ...before, document: { ...document, nodes }, versionId: randomUUID() };
    case 'rename':
      return { ...before, document: { ...document, name: `by hand ${randomUUID()}` } };
    case 'activate':
      return { ...before, published: { ...graphOf(document), versionId, name: null, publishedAt: null } };
    case 'archive':
      return { ...before, archived: true, published: null };
    default:
      return { ...before, published: null };
  }
}
