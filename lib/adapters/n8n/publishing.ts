import { setTimeout as sleep } from 'node:timers/promises';
import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteTag, RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { Call, PublishOptions, PublishOutcome } from '@/lib/ports/workflow-provider';
import { writeBehaviour } from './behaviour';
import { toTags } from './mapper';
import type { Session } from './session';
import type { Specification } from './specification';
import { getWorkflow, mustGetWorkflow, pathOf, unchanged } from './workflows';
import { toBody } from './write-body';

const READ_BACKS_MS = [0, 50, 150, 400, 1_000];

/** Reads until the state is as wanted, for versions that answer before they are done; the last state otherwise. */
async function readUntil(
  session: Session,
  id: string,
  wanted: (workflow: RemoteWorkflow) => boolean,
  call: Call,
): Promise<RemoteWorkflow> {
  let workflow = await mustGetWorkflow(session, id, call);
  for (const delay of READ_BACKS_MS) {
    if (wanted(workflow)) break;
    await sleep(delay, undefined, { signal: call.signal }).catch(() => call.signal?.throwIfAborted());
    workflow = await mustGetWorkflow(session, id, call);
  }
  return workflow;
}

/** Sends a write whose effect can be read back, then believes only what was read. */
async function settle(
  session: Session,
  write: { path: string; body?: unknown },
  id: string,
  wanted: (workflow: RemoteWorkflow) => boolean,
  call: Call,
): Promise<RemoteWorkflow> {
  let refusal: ProviderError | null = null;
  try {
    await session.client.write({ method: 'POST', ...write }, call);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    refusal = error;
  }
  const workflow = refusal ? await mustGetWorkflow(session, id, call) : await readUntil(session, id, wanted, call);
  if (wanted(workflow) && (!refusal || refusal.failure === 'outcome_unknown')) return workflow;
  if (refusal) throw unchanged(refusal);
  throw new ProviderError('conflict', 'The instance accepted the change, yet reading back shows another state.');
}

const outcome = (workflow: RemoteWorkflow, specification: Specification): PublishOutcome => ({
  status: workflow.published ? 'published' : 'unpublished',
  workflow,
  triggers: writeBehaviour(specification).publishIsAsynchronous ? 'pending' : 'settled',
});

export function publishWorkflow(session: Session, id: string, options: PublishOptions = {}): Promise<PublishOutcome> {
  return session.exclusively(options, async (specification) => {
    const before = await mustGetWorkflow(session, id, options);
    const name = writeBehaviour(specification).publishCalls.publish;
    const schema = specification.body(`POST /workflows/{}/${name}`);
    if (options.draft && before.versionId !== null && before.versionId !== options.draft) {
      throw new ProviderError('conflict', 'The workflow was changed on the instance since it was read.');
    }
    const versionId = options.versionId ?? before.versionId;
    // Where a version can be named, what is saved in this round trip does not go live.
    const named = options.versionId ?? options.draft;
    if (options.versionId && options.versionId !== before.versionId && !schema?.properties?.versionId) {
      throw new ProviderError('unsupported', 'This version of n8n can only publish the latest draft.');
    }
    const body = schema ? toBody({ ...(named ? { versionId: named } : {}), ...options.label }, schema) : undefined;
    const isLive = (workflow: RemoteWorkflow) =>
      workflow.published !== null &&
      (versionId === null || workflow.published.versionId === null || workflow.published.versionId === versionId);
    try {
      return outcome(await settle(session, { path: pathOf(id, `/${name}`), body }, id, isLive, options), specification);
    } catch (error) {
      throw await withCollateral(session, before, error, options);
    }
  });
}

/** A failed publish may have taken down what ran before: then that is the news. */
async function withCollateral(session: Session, before: RemoteWorkflow, error: unknown, call: Call): Promise<unknown> {
  if (!(error instanceof ProviderError) || !before.published) return error;
  const after = await getWorkflow(session, before.id, call);
  if (after?.published) return error;
  return new ProviderError(error.failure, `${error.message} The version that ran before is no longer published.`, {
    providerMessage: error.providerMessage,
    cause: error,
  });
}

export function unpublishWorkflow(session: Session, id: string, call: Call = {}): Promise<PublishOutcome> {
  return session.exclusively(call, async (specification) =>
    outcome(await unpublish(session, id, specification, call), specification),
  );
}

const unpublish = (session: Session, id: string, specification: Specification, call: Call) =>
  settle(
    session,
    { path: pathOf(id, `/${writeBehaviour(specification).publishCalls.unpublish}`) },
    id,
    (one) => one.published === null,
    call,
  );

export function setArchived(session: Session, id: string, archived: boolean, call: Call = {}): Promise<RemoteWorkflow> {
  return session.exclusively(call, async (specification) => {
    if (!specification.has('POST /workflows/{}/archive')) {
      throw new ProviderError('unsupported', 'This version of n8n cannot archive workflows over its API.');
    }
    const path = pathOf(id, archived ? '/archive' : '/unarchive');
    return settle(session, { path }, id, (workflow) => workflow.archived === archived, call);
  });
}

export function deleteWorkflow(session: Session, id: string, call: Call = {}): Promise<boolean> {
  return session.exclusively(call, async (specification) => {
    const before = await getWorkflow(session, id, call);
    if (!before) return false;
    if (before.published && writeBehaviour(specification).deleteNeedsUnpublish)
      await unpublish(session, id, specification, call);
    let refusal: ProviderError | null = null;
    try {
      await session.client.write({ method: 'DELETE', path: pathOf(id) }, call);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      refusal = error;
    }
    if (!(await getWorkflow(session, id, call))) return true;
    throw refusal
      ? unchanged(refusal)
      : new ProviderError('conflict', 'The instance accepted the deletion, yet still has the workflow.');
  });
}

export function setWorkflowTags(session: Session, id: string, tagIds: string[], call: Call = {}): Promise<RemoteTag[]> {
  return session.exclusively(call, async () =>
    toTags(
      await session.client.write(
        { method: 'PUT', path: pathOf(id, '/tags'), body: tagIds.map((tag) => ({ id: tag })) },
        call,
      ),
    ),
  );
}
