import type { Workflow, WorkflowGraph } from '@/lib/workflow/model';
import { nodeKind } from '@/lib/workflow/node-kind';

export const PRESENCES = ['present', 'missing'] as const;
export const COMPLEXITIES = ['simple', 'moderate', 'complex', 'veryComplex'] as const;
export type Complexity = (typeof COMPLEXITIES)[number];
export const TRIGGER_KINDS = [
  'webhook',
  'schedule',
  'manual',
  'form',
  'chat',
  'subworkflow',
  'error',
  'other',
] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];

/** Kinds of triggers that people look for; by the type's last part. */
const KINDS: Record<string, TriggerKind> = {
  webhook: 'webhook',
  formTrigger: 'form',
  chatTrigger: 'chat',
  executeWorkflowTrigger: 'subworkflow',
  errorTrigger: 'error',
  manualTrigger: 'manual',
  start: 'manual',
};

/** What starts a workflow, each kind once. A switched-off trigger starts nothing. */
export function triggerKinds(workflow: WorkflowGraph): TriggerKind[] {
  const kinds = workflow.nodes.flatMap(({ type, disabled }): TriggerKind[] => {
    const kind = nodeKind(type);
    if (disabled || kind === 'step' || kind === 'note') return [];
    return [kind === 'schedule' ? 'schedule' : (KINDS[type.split('.').at(-1) ?? ''] ?? 'other')];
  });
  return [...new Set(kinds)].sort();
}

/** What is known of a workflow beside its logic; `whole`: with its description. */
export type ToldSettings = { settingsDigest: string; name: string; tags: readonly string[]; whole: boolean };

/** Where only one side is known whole, its name and tags stand for the rest: a description would tell them apart. */
export const sameSettings = (a: ToldSettings, b: ToldSettings): boolean =>
  a.settingsDigest === b.settingsDigest ||
  (a.whole !== b.whole && a.name === b.name && [...a.tags].sort().join() === [...b.tags].sort().join());

/** A credential that a node names by id. What n8n supplies itself, and what is named only, cannot be looked up. */
export type CredentialUse = { n8nId: string; name: string; type: string; nodeName: string };

/** Of the draft and of what runs, each place once. */
export function credentialUses(workflow: Workflow): CredentialUse[] {
  const uses = new Map<string, CredentialUse>();
  for (const node of [...workflow.nodes, ...(workflow.published?.nodes ?? [])]) {
    for (const [type, { id, name, managed }] of Object.entries(node.credentials)) {
      if (!id || managed) continue;
      uses.set(`${id} ${node.name}`, { n8nId: id, name: name ?? id, type, nodeName: node.name });
    }
  }
  return [...uses.values()];
}
