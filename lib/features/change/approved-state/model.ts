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
  message: string;
};

export const environmentFolder = (environment: string): string => `environments/${environment}`;
export const manifestPath = (environment: string): string => `${environmentFolder(environment)}/manifest.json`;
export const workflowPath = (environment: string, file: string): string =>
  `${environmentFolder(environment)}/workflows/${file}`;

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

/** What is approved: `these` joins what is there or takes its place; `all` is the whole environment from now on. */
export type Approval = { environment: string; workflows: readonly ApprovedWorkflow[]; scope: 'these' | 'all' };

/**
 * The files that change when something is approved, given the manifest as it stands (null when there is no file). A lineage
 * has one file: under a new slug the old one goes. What is the same as before may be among them; a store leaves it out.
 */
export function approve(standing: Manifest | null, { environment, workflows, scope }: Approval): Changes {
  const replaced = new Set(workflows.map(({ lineage }) => lineage.id));
  const before = Object.entries(standing?.workflows ?? {});
  const kept = before.filter(([, { lineageId }]) => scope === 'these' && !replaced.has(lineageId));
  const written = workflows.map(({ lineage, n8nId, workflow }) => {
    const entry = describeWorkflow(workflow, { lineageId: lineage.id, n8nId });
    return { file: fileNameOf(lineage), entry, bytes: writeApprovedWorkflow(workflow) };
  });
  const entries = new Map<string, ManifestEntry>([
    ...kept,
    ...written.map(({ file, entry }) => [file, entry] as const),
  ]);
  if (entries.size !== kept.length + written.length) throw new Error('Two lineages would share one file.');

  const manifest: Manifest = { format: MANIFEST_FORMAT, workflows: Object.fromEntries(entries) };
  return new Map<string, Uint8Array | null>([
    ...before.filter(([file]) => !entries.has(file)).map(([file]) => [workflowPath(environment, file), null] as const),
    ...written.map(({ file, bytes }) => [workflowPath(environment, file), bytes] as const),
    [manifestPath(environment), writeManifest(manifest)],
  ]);
}

export type ApprovedState = {
  /** Null when the environment has no approved state. Its entries describe the files as they are. */
  manifest: Manifest | null;
  /** By file name. */
  workflows: Map<string, Workflow>;
  problems: ApprovedProblem[];
};

/** An environment's approved state from its files, `path → bytes`. Never throws: people may have pushed anything. */
export function readApprovedState(environment: string, files: ReadonlyMap<string, Uint8Array>): ApprovedState {
  const problems: ApprovedProblem[] = [];
  const report = (code: ApprovedProblem['code'], path: string, message: string) =>
    void problems.push({ code, path, message });
  const workflows = new Map<string, Workflow>();
  const entries: Record<string, ManifestEntry> = {};
  const manifestBytes = files.get(manifestPath(environment));
  const manifest = manifestBytes ? readManifest(manifestBytes) : null;
  if (manifestBytes && !manifest) {
    report('manifest_unreadable', manifestPath(environment), 'This is not a manifest of approved workflows.');
  }
  for (const [file, listed] of Object.entries(manifest?.workflows ?? {})) {
    const path = workflowPath(environment, file);
    const bytes = files.get(path);
    const workflow = bytes && readFile(bytes);
    if (!bytes) report('file_missing', path, 'The manifest lists this file, and it is not there.');
    else if (!workflow) report('workflow_unreadable', path, 'This is not a workflow.');
    if (!workflow) continue;
    workflows.set(file, workflow);
    entries[file] = describeWorkflow(workflow, listed);
    if (!sameDigests(entries[file], listed)) {
      report('edited_by_hand', path, 'This file was changed without the manifest beside it.');
    }
  }
  for (const path of files.keys()) {
    const place = placeOf(path);
    if (place?.environment !== environment || !place.file || manifest?.workflows[place.file]) continue;
    report('file_unlisted', path, 'The manifest does not list this file, so it belongs to no lineage.');
  }
  return { manifest: manifest && { ...manifest, workflows: entries }, workflows, problems };
}

function readFile(bytes: Uint8Array): Workflow | null {
  try {
    return readWorkflowText(decoder.decode(bytes)).workflow;
  } catch {
    return null;
  }
}

const sameDigests = ({ digests: a }: ManifestEntry, { digests: b }: ManifestEntry): boolean =>
  (Object.keys(a) as (keyof typeof a)[]).every((part) => a[part] === b[part]);
