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
import type { Workflow } from '@/lib/workflow/model';
import type { Unreadable } from './instance';
import { ownIdentity, versionFor } from './model';
import { type FoundSecret, secretsOf } from './secrets';

/** By n8n's id: a digest of everything that moves when n8n writes. */
export type Stamps = Record<string, string>;
/** What a commit has, and what it was read from. */
export type Standing = { manifest: Manifest; stamps: Stamps };

export type Capture = { files: ApprovedFile[]; stamps: Stamps; unreadable: Unreadable[]; secrets: FoundSecret[] };
type Made = { n8nId: string; entry: ManifestEntry; bytes: Uint8Array };

/**
 * All of what an instance has now, as files. Bytes and digests are made while the next page is fetched; a workflow that
 * did not move since `standing` was read is taken from there, without bytes; one that did is read whole.
 */
export async function captureInstance(
  ctx: StoreContext,
  { environment, provider }: Connected,
  standing: Promise<Standing | null>,
): Promise<Capture> {
  // Both are there by the time the first page is.
  const before = Promise.all([identities(ctx, environment.id), standing]);
  before.catch(() => undefined);
  const kept: ApprovedFile[] = [];
  const made: Made[] = [];
  const stamps: Stamps = {};
  const unreadable: Unreadable[] = [];
  const secrets: FoundSecret[] = [];
  const pace = pacer();
  const { tx, signal } = ctx;
  const standingFile = async (remote: RemoteWorkflow): Promise<ApprovedFile | null> => {
    const [known, last] = await before;
    const isSame = last?.stamps[remote.id] === stampOf(environment, remote);
    return last && isSame ? fileIn(last, known.get(remote.id), remote.id) : null;
  };
  const reading = { tx, signal, environmentId: environment.id, provider };
  for await (const remote of readInstance(reading, async (listed) => !(await standingFile(listed)))) {
    stamps[remote.id] = stampOf(environment, remote);
    const same = await standingFile(remote);
    const workflow = same ? null : readRemote(remote).workflow;
    if (same) kept.push(same);
    else if (workflow) made.push(make(remote.id, versionFor(environment.class, workflow), secrets));
    else unreadable.push({ n8nId: remote.id, name: remote.document.name });
    await pace();
  }
  const [known] = await before;
  return { files: [...kept, ...(await named(ctx, environment.id, made, known))], stamps, unreadable, secrets };
}

/** What the commit before has of it, under the name that it would have now. */
function fileIn({ manifest }: Standing, identity: Identity | undefined, n8nId: string): ApprovedFile | null {
  const entry = identity && manifest.workflows[identity.file];
  if (entry?.n8nId !== n8nId) return null;
  return { file: identity!.file, entry: { ...entry, lineageId: identity!.lineageId }, bytes: null };
}

/** A workflow that was made since the reading began has its row by now. */
async function named(ctx: StoreContext, environmentId: string, made: readonly Made[], known: Identities) {
  const isNew = made.some(({ n8nId }) => !known.has(n8nId));
  const names = isNew ? new Map([...(await identities(ctx, environmentId)), ...known]) : known;
  return made.flatMap(({ n8nId, entry, bytes }): ApprovedFile[] => {
    const identity = names.get(n8nId);
    return identity ? [{ file: identity.file, entry: { ...entry, lineageId: identity.lineageId }, bytes }] : [];
  });
}

function make(n8nId: string, workflow: Workflow, secrets: FoundSecret[]): Made {
  secrets.push(...secretsOf({ n8nId, workflow }));
  const entry = describeWorkflow(workflow, { lineageId: null, n8nId });
  return { n8nId, entry, bytes: writeApprovedWorkflow(workflow) };
}

/** Of which version counts, too; and `whole`, since what was kept before had been read from lists. */
const stampOf = ({ class: tier }: EnvironmentRow, remote: RemoteWorkflow): string =>
  sha256(`whole ${tier} ${remoteStamp(remote)}`).slice(0, 32);

type Identity = { lineageId: string | null; file: string };
type Identities = ReadonlyMap<string, Identity>;

/** Under its lineage, or under its own name and id where it has none. By n8n's id. */
function identities({ tx }: StoreContext, environmentId: string): Promise<Identities> {
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
