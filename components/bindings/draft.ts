import type { Binding, CreateBinding } from '@/lib/features/change/bindings/schema';

const PARAMETER_TYPES = ['text', 'expression', 'number', 'boolean', 'json'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];
export const PARAMETER_TYPE_OPTIONS = PARAMETER_TYPES.map((type) => ({ value: type, label: type }));

/** A binding as it is being filled in: text as typed. */
export type BindingDraft = {
  kind: Binding['kind'];
  requirement: string;
  /** It is the same in this environment. */
  keep: boolean;
  thing: { n8nId: string; name: string } | null;
  variable: string;
  node: string;
  /** Below the node, by slashes: `parameters/url`. */
  path: string;
  type: ParameterType;
  text: string;
};

const EMPTY: BindingDraft = {
  kind: 'credential',
  requirement: '',
  keep: false,
  thing: null,
  variable: '',
  node: '',
  path: 'parameters/',
  type: 'text',
  text: '',
};

/** Where filling in begins: with what is known of it, or what is declared already. */
export function draftOf({ kind, requirement, value }: Partial<Pick<Binding, 'kind' | 'requirement' | 'value'>>) {
  const draft: BindingDraft = { ...EMPTY, ...(kind && { kind }), ...(requirement && { requirement }) };
  if (!value) return draft;
  if ('keep' in value) return { ...draft, keep: true };
  if ('n8nId' in value) return { ...draft, thing: value };
  if (!('node' in value)) return { ...draft, variable: value.name };
  const text = typeof value.value === 'string' ? value.value : JSON.stringify(value.value);
  return { ...draft, node: value.node, path: value.path.join('/'), type: value.type, text };
}

type Value = CreateBinding['value'];
type Read = { value: Value } | { missing: string };

/** What was filled in as a value, or what it still needs. */
export function readValue(draft: BindingDraft): Read {
  if (draft.kind === 'parameter') return parameterOf(draft);
  if (draft.keep) return { value: { keep: true } };
  if (draft.kind === 'variable') {
    return draft.variable.trim() ? { value: { name: draft.variable.trim() } } : { missing: 'Name the variable.' };
  }
  return draft.thing?.n8nId && draft.thing.name ? { value: draft.thing } : { missing: 'Choose what is used there.' };
}

function parameterOf({ node, path, type, text }: BindingDraft): Read {
  if (!node.trim()) return { missing: 'Name the node.' };
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.length < 2) return { missing: 'Say which parameter: parameters/url.' };
  const value = typed(type, text);
  if (value === undefined) return { missing: `This is not of the type ${type}.` };
  const keys = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { value: { node: node.trim(), path: keys, type, value } };
}

type Json = Extract<Value, { node: string }>['value'];

/** Undefined for text that is nothing of the type. */
function typed(type: ParameterType, text: string): Json | undefined {
  switch (type) {
    case 'text':
    case 'expression':
      return text;
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'json':
      try {
        return JSON.parse(text) as Json;
      } catch {
        return undefined;
      }
  }
}
