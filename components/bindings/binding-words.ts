import type { StatusKind } from '@/components/ui/glyph';
import type { Binding, CredentialCell } from '@/lib/features/change/bindings/schema';

/** What a binding stands for. */
export const KIND_WORDS: Record<Binding['kind'], string> = {
  credential: 'Credential',
  workflow: 'Sub-workflow',
  variable: 'Variable',
  data_table: 'Data table',
  parameter: 'Parameter',
};

/** Whether it holds. */
export const STATE_WORDS: Record<Binding['state'], { kind: StatusKind; word: string }> = {
  in_force: { kind: 'ok', word: 'In force' },
  expired: { kind: 'warn', word: 'Expired' },
  gone: { kind: 'bad', word: 'Gone' },
};

/** How a credential is met in an environment. */
export const HOW_WORDS: Record<CredentialCell['how'], { kind: StatusKind; word: string }> = {
  declared: { kind: 'ok', word: 'declared' },
  name: { kind: 'ok', word: 'same name and type' },
  missing: { kind: 'bad', word: 'missing' },
  ambiguous: { kind: 'warn', word: 'several of that name' },
  gone: { kind: 'bad', word: 'chosen one is gone' },
  expired: { kind: 'warn', word: 'declaration expired' },
};

/** What is used instead, in words. */
export function valueInWords(value: Binding['value']): string {
  if ('keep' in value) return 'the same as in the source';
  if ('node' in value) return typeof value.value === 'string' ? value.value : JSON.stringify(value.value);
  return value.name;
}
