import { randomUUID } from 'node:crypto';
import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';

const KINDS = ['text', 'text', 'rename', 'switch', 'archive', 'delete'] as const;

/** What somebody did to a workflow on a real instance, and what it was then. */
export type RemoteEdit = {
  id: string;
  kind: (typeof KINDS)[number];
  /** Null: it is gone. */
  left: RemoteWorkflow | null;
  /** Where the run was. */
  passing: string;
  /** Whether something that the run wrote lay under it. */
  isOnOurs: boolean;
};

/** Null when the instance lets nobody do that to it. */
export async function editRemote(
  provider: WorkflowProvider,
  remote: RemoteWorkflow,
  pick: number,
): Promise<Pick<RemoteEdit, 'id' | 'kind' | 'left'> | null> {
  const kind = KINDS[pick % KINDS.length]!;
  try {
    await edit(provider, remote, kind);
  } catch (error) {
    if (error instanceof ProviderError && ['unsupported', 'content_rejected'].includes(error.failure)) return null;
    throw error;
  }
  return { id: remote.id, kind, left: await provider.getWorkflow(remote.id) };
}

async function edit(provider: WorkflowProvider, remote: RemoteWorkflow, kind: RemoteEdit['kind']): Promise<void> {
  const { id, published, document } = (await provider.getWorkflow(remote.id)) ?? remote;
  const byHand = `by hand ${randomUUID().slice(0, 8)}`;
  switch (kind) {
    case 'text': {
      const nodes = document.nodes.map((node) =>
        node.name === 'Set' ? { ...node, parameters: { text: byHand } } : node,
      );
      await provider.updateWorkflow(id, { ...document, nodes });
      return;
    }
    case 'rename':
      await provider.updateWorkflow(id, { ...document, name: `${document.name} ${byHand}` });
      return;
    case 'switch':
      await (published ? provider.unpublishWorkflow(id) : provider.publishWorkflow(id));
      return;
    case 'archive':
      await provider.archiveWorkflow(id);
      return;
    case 'delete':
      await provider.deleteWorkflow(id);
  }
}
