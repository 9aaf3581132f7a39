import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { Call, PublishOptions, WorkflowProvider, WriteOutcome } from '@/lib/ports/workflow-provider';
import type { Write } from './predict';

/** What one write came to: as read back, unless the write itself does not read. */
export type Performed = {
  /** Undefined: it has yet to be read. Null: it is gone. */
  workflow?: RemoteWorkflow | null;
  /** Saved, and not live as asked: whatever the digests say. */
  broken?: string;
  /** What was lost by it, in words. */
  overtook?: string;
  omitted: string[];
  residual: string[];
};

const plain = (workflow?: RemoteWorkflow | null): Performed => ({ workflow, omitted: [], residual: [] });

/** Sends one write. `seen` is what draft and published version have to be still, where the provider can look right before. */
export async function perform(
  provider: WorkflowProvider,
  id: string | null,
  write: Write,
  call: Call,
  seen?: RemoteWorkflow | null,
): Promise<Performed> {
  if (write.action === 'create') return fromOutcome(await provider.createWorkflow(write.document, call));
  if (!id) throw new Error(`Nothing to ${write.action}.`);
  switch (write.action) {
    case 'update': {
      const options = { ...call, published: write.published, expected: seen ?? undefined };
      return fromOutcome(await provider.updateWorkflow(id, write.document, options));
    }
    case 'tags':
      await provider.setWorkflowTags(id, await tagIds(provider, write.tags, call), call);
      return plain();
    case 'publish':
      return plain((await provider.publishWorkflow(id, { ...call, ...versionOf(write, seen) })).workflow);
    case 'unpublish':
      return plain((await provider.unpublishWorkflow(id, call)).workflow);
    case 'archive':
      return plain(await provider.archiveWorkflow(id, call));
    case 'unarchive':
      return plain(await provider.unarchiveWorkflow(id, call));
    case 'delete':
      await provider.deleteWorkflow(id, call);
      return plain(null);
  }
}

/** An older version, or the draft that was seen and no other. */
const versionOf = ({ older }: Extract<Write, { action: 'publish' }>, seen?: RemoteWorkflow | null): PublishOptions =>
  older ? { versionId: older.versionId } : { draft: seen?.versionId ?? undefined };

const OVERTOOK =
  'Somebody saved it in the very moment of this write, which replaced that; n8n’s history of it has both.';

const fromOutcome = ({ status, workflow, omitted, residual, problem, overtook }: WriteOutcome): Performed => ({
  ...{ workflow, omitted, residual },
  ...(overtook ? { overtook: OVERTOOK } : {}),
  ...(status === 'applied' || status === 'saved_only' ? {} : { broken: problem?.detail ?? 'It could not be started.' }),
});

/** Tags that the instance lacks are made. */
async function tagIds(provider: WorkflowProvider, names: readonly string[], call: Call): Promise<string[]> {
  const known = new Map((await provider.listTags(call)).map((tag) => [tag.name, tag.id]));
  const ids: string[] = [];
  for (const name of names) ids.push(known.get(name) ?? (await makeTag(provider, name, call)));
  return ids;
}

/** The id of a tag of this name, made now or by somebody else at the same moment. */
export async function makeTag(provider: WorkflowProvider, name: string, call: Call): Promise<string> {
  try {
    return (await provider.createTag(name, call)).id;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const tag = (await provider.listTags(call)).find((one) => one.name === name);
    if (!tag) throw error;
    return tag.id;
  }
}
