import type { Changes } from '@/lib/ports/snapshot-store';
import { canonicalText } from '@/lib/workflow/canonical/document';
import { writePrettyJson } from '@/lib/workflow/canonical/write-json';
import { partDigests } from '@/lib/workflow/digest/digest';
import type { Workflow } from '@/lib/workflow/model';
import { readWorkflowText } from '@/lib/workflow/read/read-workflow';
import { MANIFEST_FORMAT, Manifest, type ManifestEntry } from './schema';

/** One workflow that an environment should run; `workflow` is the version that was approved. */
export type ApprovedWorkflow = {
  lineage: { id: string; slug: string };
  n8nId: string | null;
  workflow: Workflow;
};

/** Something in the repository that was not written by us. */
export type ApprovedProblem = {
  /**
   * - `manifest_unreadable`, `workflow_unreadable`: not what such a file holds; it counts as not there.
   * - `file_missing`: listed and gone. `file_unlisted`: there and of no lineage.
   * - `edited_by_hand`: readable, and not what was approved through us. The file counts, not what the manifest says.
   */
  code: 'manifest_unreadable' | 'workflow_unreadable' | 'file_missing' | 'file_unlisted' | 'edited_by_hand';
  path: string;
  /** Of a file that the manifest lists. */
  lineageId: string | null;
  message: string;
};

export const environmentFolder = (environment: string): string => `environments/${environment}`;
export const manifestPath = (environment: string): string => `${environmentFolder(environment)}/manifest.json`;
export const workflowFolder = (environment: string): string => `${environmentFolder(environment)}/workflows`;
export const workflowPath = (environment: string, file: string): string => `${workflowFolder(environment)}/${file}`;

/** The end of an id is random in every version of UUID; the beginning of ours is the time. */
export const fileNameOf = ({ slug, id }: { slug: string; id: string }): string => `${slug}-${id.slice(-8)}.json`;

/** Where in the layout a path of a log or a difference stands; null for files that are none of ours. */
export function placeOf(path: string): { environment: string; file: string | null } | null {
  const [, environment, rest] = /^environments\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (!environment || !rest) return null;
  if (rest === 'manifest.json') return { environment, file: null };
  const [, file] = /^workflows\/([^/]+\.json)$/.exec(rest) ?? [];
  return file ? { environment, file } : null;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export const writeApprovedWorkflow = (workflow: Workflow): Uint8Array => encoder.encode(canonicalText(workflow));
export const writeManifest = (manifest: Manifest): Uint8Array => encoder.encode(writePrettyJson(manifest));

/** Null for bytes that are no manifest, whatever else they are: nothing is to be approved on top of them. */
export function readManifest(bytes: Uint8Array): Manifest | null {
  try {
    return Manifest.safeParse(JSON.parse(decoder.decode(bytes))).data ?? null;
  } catch {
    return null;
  }
}

export function describeWorkflow(
  workflow: Workflow,
  { lineageId, n8nId }: Pick<ManifestEntry, 'lineageId' | 'n8nId'>,
): ManifestEntry {
  const { name, active, archived, tags } = workflow;
  return { lineageId, n8nId, name, active, archived, tags: [...tags], digests: { ...partDigests(workflow) } };
}

/** A workflow as it stands in the repository; null: the bytes that are there already. */
export type ApprovedFile = { file: string; entry: ManifestEntry; bytes: Uint8Array | null };

export const toApprovedFile = ({ lineage, n8nId, workflow }: ApprovedWorkflow): ApprovedFile => ({
  file: fileNameOf(lineage),
  entry: describeWorkflow(workflow, { lineageId: lineage.id, n8nId }),
  bytes: writeApprovedWorkflow(workflow),
});

/**
 * What is approved: `these` joins what is there or takes its place; `all` is the whole environment from now on.
 * `removed` names lineages that it should not run any more.
 */
export type Approval = {
  environment: string;
  files: readonly ApprovedFile[];
  scope: 'these' | 'all';
  removed?: readonly string[];
  /** n8n's ids of what went to the archive: approved no more, whichever lineage it was approved under. */
  archived?: readonly string[];
  /** n8n's ids of what stands there and could not be read: of these nothing is known, so they stay as they are. */
  unread?: readonly string[];
};

/**
 * The files that change when something is approved, given the manifest as it stands (null when there is no file). A lineage
 * has one file: under a new slug the old one goes. So has a workflow of the instance: under a new lineage the old one
 * goes. What is the same as before may be among them; a store leaves it out.
 */
export function approve(standing: Manifest | null, approval: Approval): Changes {
  const { environment, files, scope, removed = [], archived = [], unread = [] } = approval;
  const lineages = new Set<string | null>([...removed, ...files.flatMap(({ entry }) => entry.lineageId ?? [])]);
  const n8nIds = new Set<string | null>([...archived, ...files.flatMap(({ entry }) => entry.n8nId ?? [])]);
  const before = Object.entries(standing?.workflows ?? {});
  const kept = before.filter(
    ([, { lineageId, n8nId }]) =>
      (scope === 'these' || (n8nId !== null && unread.includes(n8nId))) &&
      !lineages.has(lineageId) &&
      !n8nIds.has(n8nId),
  );
  const entries = new Map<string, ManifestEntry>([...kept, ...files.map(({ file, entry }) => [file, entry] as const)]);
  if (entries.size !== kept.length + files.length) throw new Error('Two lineages would share one file.');

  const manifest: Manifest = { format: MANIFEST_FORMAT, workflows: Object.fromEntries(entries) };
  return new Map<string, Uint8Array | null>([
    ...before.filter(([file]) => !entries.has(file)).map(([file]) => [workflowPath(environment, file), null] as const),
    ...files.flatMap(({ file, bytes }) => (bytes ? [[workflowPath(environment, file), bytes] as const] : [])),
    [manifestPath(environment), writeManifest(manifest)],
  ]);
}

/** Null for bytes that are no workflow. Never throws: people may have pushed anything. */
export function readApprovedWorkflow(bytes: Uint8Array): Workflow | null {
  try {
    return readWorkflowText(decoder.decode(bytes)).workflow;
  } catch {
    return null;
  }
}

/**
 * What stands somewhere, as far as a file speaks of it: a file without a description leaves the one that stands there
 * alone, as n8n does when it is written, and says nothing of it. Files read from a list, before workflows were read whole,
 * have none.
 */
export const asFarAsSaid = (file: Workflow, now: Workflow): Workflow =>
  file.description === '' && now.description !== '' ? { ...now, description: '' } : now;

export type ApprovedState = {
  /** By file name; they describe the files as they are. */
  entries: Map<string, ManifestEntry>;
  problems: ApprovedProblem[];
};

/**
 * An environment's approved state: what its manifest lists, and what its files turned out to be, by name; null is a file
 * that is no workflow.
 */
export function judgeApprovedState(
  environment: string,
  manifest: Manifest,
  files: ReadonlyMap<string, ManifestEntry | null>,
): ApprovedState {
  const problems: ApprovedProblem[] = [];
  const entries = new Map<string, ManifestEntry>();
  const report = (code: ApprovedProblem['code'], file: string, message: string) => {
    const lineageId = manifest.workflows[file]?.lineageId ?? null;
    problems.push({ code, path: workflowPath(environment, file), lineageId, message });
  };
  for (const [file, listed] of Object.entries(manifest.workflows)) {
    const entry = files.get(file);
    if (entry === undefined) report('file_missing', file, 'The manifest lists this file, and it is not there.');
    if (entry === null) report('workflow_unreadable', file, 'This is not a workflow.');
    if (!entry) continue;
    entries.set(file, entry);
    if (!sameDigests(entry, listed)) {
      report('edited_by_hand', file, 'This file was changed without the manifest beside it.');
    }
  }
  for (const file of files.keys()) {
    if (manifest.workflows[file]) continue;
    report('file_unlisted', file, 'The manifest does not list this file, so it belongs to no lineage.');
  }
  return { entries, problems };
}

export const unreadableManifest = (environment: string): ApprovedProblem => ({
  code: 'manifest_unreadable',
  path: manifestPath(environment),
  lineageId: null,
  message: 'This is not a manifest of approved workflows.',
});

export const sameDigests = ({ digests: a }: ManifestEntry, { digests: b }: ManifestEntry): boolean =>
  (Object.keys(a) as (keyof typeof a)[]).every((part) => a[part] === b[part]);
