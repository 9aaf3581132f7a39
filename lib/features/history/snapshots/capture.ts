import { sha256 } from '#sha256';
import {
  type ApprovedFile,
  describeWorkflow,
  fileNameOf,
  writeApprovedWorkflow,
} from '@/lib/features/change/approved-state/model';
import type { Manifest, ManifestEntry } from '@/lib/features/change/approved-state/schema';
import type { StoreContext } from '@/lib/features/change/approved-state/store-context';
import { linkedWorkflows } from '@/lib/features/change/lineages/service';
import type { Connected } from '@/lib/features/connections/environments/service';
import type { EnvironmentRow } from '@/lib/features/connections/environments/store';
import { readInstance } from '@/lib/features/inventory/sync/instance-reading';
import { readRemote, remoteStamp } from '@/lib/features/inventory/workflows/observe';
import { pacer } from '@/lib/kernel/pace';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { Unreadable } from './instance';
import { ownIdentity, versionFor } from './model';

/** By n8n's id: a digest of everything that moves when n8n writes. */
export type Stamps = Record<string, string>;
/** What a commit has, and what it was read from. */
export type Standing = { manifest: Manifest; stamps: Stamps };

export type Capture = { files: ApprovedFile[]; stamps: Stamps; unreadable: Unreadable[] };
type Made = { n8nId: string; entry: ManifestEntry; bytes: Uint8Array };

/**
 * All of what an instance has now, as files. Bytes and digests are made while the next page is fetched; a workflow that
 * did not move since `standing` was read is taken from there, without bytes.
 */
export async function captureInstance(
  ctx: StoreContext,
  { environment, provider }: Connected,
  standing: Standing | null,
): Promise<Capture> {
  const known = await identities(ctx, environment.id);
  const kept: ApprovedFile[] = [];
  const made: Made[] = [];
  const stamps: Stamps = {};
  const unreadable: Unreadable[] = [];
  const pace = pacer();
  for await (const remote of readInstance({
    tx: ctx.tx,
    signal: ctx.signal,
    environmentId: environment.id,
    provider,
  })) {
    const { id: n8nId } = remote;
    stamps[n8nId] = stampOf(environment, remote);
    const same = standing?.stamps[n8nId] === stamps[n8nId] && known.get(n8nId);
    const entry = same ? standing?.manifest.workflows[same.file] : undefined;
    if (same && entry?.n8nId === n8nId)
      kept.push({ file: same.file, entry: { ...entry, lineageId: same.lineageId }, bytes: null });
    else {
      const { workflow } = readRemote(remote);
      if (workflow) made.push(make(n8nId, versionFor(environment.class, workflow)));
      else unreadable.push({ n8nId, name: remote.document.name });
    }
    await pace();
  }
  const unknown = made.some(({ n8nId }) => !known.has(n8nId));
  const names = unknown ? new Map([...(await identities(ctx, environment.id)), ...known]) : known;
  const files = made.flatMap(({ n8nId, entry, bytes }): ApprovedFile[] => {
    const identity = names.get(n8nId);
    return identity ? [{ file: identity.file, entry: { ...entry, lineageId: identity.lineageId }, bytes }] : [];
  });
  return { files: [...kept, ...files], stamps, unreadable };
}

const make = (n8nId: string, workflow: Parameters<typeof writeApprovedWorkflow>[0]): Made => ({
  n8nId,
  entry: describeWorkflow(workflow, { lineageId: null, n8nId }),
  bytes: writeApprovedWorkflow(workflow),
});

/** Of which version counts, too. */
const stampOf = ({ class: tier }: EnvironmentRow, remote: RemoteWorkflow): string =>
  sha256(`${tier} ${remoteStamp(remote)}`).slice(0, 32);

type Identity = { lineageId: string | null; file: string };

/** Under its lineage, or under its own name and id where it has none. By n8n's id. */
function identities({ tx }: StoreContext, environmentId: string): Promise<Map<string, Identity>> {
  return tx(async (db) => {
    const select = { id: true, n8nId: true, name: true } as const;
    const rows = await db.workflow.findMany({ where: { environmentId }, select });
    const linked = await linkedWorkflows(db, { environmentId });
    const lineages = new Map(linked.map((one) => [one.workflowId, { id: one.lineageId, slug: one.lineageSlug }]));
    return new Map(
      rows.map((row) => {
        const lineage = lineages.get(row.id);
        return [row.n8nId, { lineageId: lineage?.id ?? null, file: fileNameOf(lineage ?? ownIdentity(row)) }] as const;
      }),
    );
  });
}
