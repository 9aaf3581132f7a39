import { sha256 } from '#sha256';
import { writeJson } from '@/lib/workflow/canonical/write-json';
import type { Json } from '@/lib/workflow/model';
import type { Reference } from '@/lib/workflow/references/reference';
import type { Binding } from '@/lib/workflow/remap/bindings';
import type { ParameterOverride } from '@/lib/workflow/remap/overrides';
import type { BindingKind } from './requirement';

/** A thing of an instance, by its id there. */
export type Thing = { n8nId: string; name: string };
/** What stands for a requirement. `keep`: it is the same in this environment. A variable has a name alone. */
export type BindingValue = { keep: true } | Thing | { name: string } | ParameterOverride;

/** A binding as resolving sees it; without a lineage it serves every workflow of its environment. */
export type DeclaredBinding = {
  id: string;
  lineageId: string | null;
  kind: BindingKind;
  requirement: string;
  value: BindingValue;
  expired: boolean;
};

export type SideWorkflow = Thing & { lineageId: string | null };
export type SideCredential = Thing & { type: string };
/** What one environment has now. */
export type Side = {
  workflows: readonly SideWorkflow[];
  credentials: readonly SideCredential[];
  /** False: its instance does not list them, and has more than those that its workflows name. */
  listsCredentials: boolean;
};

export type Unresolved = {
  /** A kind of reference where no binding can help: the workflow itself must change. */
  kind: BindingKind | Exclude<Reference['kind'], 'dataTable'>;
  requirement: string;
  /**
   * `missing`: nothing there has that name and type, or that lineage. `ambiguous`: several do. `dynamic`: computed at
   * run time. `gone`: what was chosen is no longer there. `expired`: what was declared has run out.
   */
  why: 'missing' | 'ambiguous' | 'dynamic' | 'gone' | 'expired';
  /** Things of the target that a person may choose. */
  candidates: Thing[];
  /** Where it is needed; empty for a setting of the workflow. */
  nodes: string[];
};

/** What `remapReferences` and `applyOverrides` take, and what they would leave undone. */
export type Resolution = { bound: Binding[]; overrides: ParameterOverride[]; unresolved: Unresolved[] };

/** Stands for the id of a workflow that does not exist yet; who creates it puts the real one in its place. */
export const placeholderId = (lineageId: string): string => `n8nops-new-${lineageId}`;

/** Changes exactly when a binding changes what would be written. */
export function resolutionsDigest(resolutions: ReadonlyMap<string, Resolution>): string {
  const lines = [...resolutions].map(([lineageId, { bound, overrides }]) =>
    writeJson([lineageId, sortedTexts(bound), sortedTexts(overrides)]),
  );
  return sha256(lines.sort().join('\n'));
}

const sortedTexts = (values: readonly unknown[]): string[] => values.map((value) => writeJson(value as Json)).sort();
