import { pointer } from '@/lib/workflow/json-pointer';
import type { JsonPath } from '@/lib/workflow/model';
import type { Reference } from '@/lib/workflow/references/reference';

/** What an environment can declare to be different. */
export const BINDING_KINDS = ['credential', 'workflow', 'variable', 'data_table', 'parameter'] as const;
export type BindingKind = (typeof BINDING_KINDS)[number];

/** What is required, as the source knows it. An id counts only where there is no name. */
export type Required = { type?: string; name?: string; n8nId?: string };

/**
 * A requirement as text, the same for every workflow and environment that needs the same thing: `httpHeaderAuth:Shop API`
 * for a credential, the name for the others, `#<id>` for what has no name.
 */
export function requirementKey(kind: BindingKind, { type, name, n8nId }: Required): string {
  const thing = name ?? `#${n8nId ?? ''}`;
  return kind === 'credential' ? `${type ?? ''}:${thing}` : thing;
}

/** A parameter of a node: `Fetch orders/parameters/url`. It belongs to one lineage. */
export const parameterKey = (node: string, path: JsonPath): string => path.reduce<string>(pointer, node);

const KINDS: Partial<Record<Reference['kind'], BindingKind>> = {
  credential: 'credential',
  workflow: 'workflow',
  variable: 'variable',
  dataTable: 'data_table',
};

/** The kind of binding that serves a reference; undefined for what no binding can. */
export const bindingKindOf = (reference: Reference): BindingKind | undefined => KINDS[reference.kind];
