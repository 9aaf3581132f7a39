import type { WorkflowDocument } from '@/lib/ports/remote-workflow';

/** The id by which documents refer to a workflow that the plan has yet to make. */
export const placeholderOf = (key: string): string => `n8nops-new-${key}`;

/** The document with real ids where workflows have been made; `ids` is by key. */
export function substitute(document: WorkflowDocument, ids: ReadonlyMap<string, string>): WorkflowDocument {
  const known = [...ids].filter(([key]) => mentions(document, key));
  if (known.length === 0) return document;
  // The longest first: one key may be the beginning of another.
  known.sort(([a], [b]) => b.length - a.length);
  let text = JSON.stringify(document);
  for (const [key, id] of known) text = text.replaceAll(placeholderOf(key), id);
  return JSON.parse(text) as WorkflowDocument;
}

export const mentions = (document: WorkflowDocument, key: string): boolean =>
  JSON.stringify(document).includes(placeholderOf(key));
