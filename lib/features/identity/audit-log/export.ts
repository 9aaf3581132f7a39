import { csvLine } from '@/lib/core/csv';
import type { Download } from '@/lib/core/files';
import type { AuditEntry } from './schema';

// biome-ignore format: one line
const COLUMNS = ['seq', 'at', 'actorType', 'actor', 'action', 'outcome', 'targetType', 'targetId', 'target', 'details', 'requestId', 'hash'];

type Reader = (cursor: number | undefined) => Promise<{ items: AuditEntry[]; nextCursor: number | null }>;

/** The chain as a file, read page by page while it is sent: its length costs no memory. */
export function exportEntries(format: 'csv' | 'ndjson', read: Reader, name: string): Download {
  const encoder = new TextEncoder();
  const line = format === 'csv' ? toCsv : (entry: AuditEntry) => JSON.stringify(entry);
  let cursor: number | undefined;
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const page = await read(cursor);
      const lines = page.items.map(line);
      if (isFirst && format === 'csv') lines.unshift(COLUMNS.join(','));
      isFirst = false;
      if (lines.length > 0) controller.enqueue(encoder.encode(`${lines.join('\r\n')}\r\n`));
      if (page.nextCursor === null) controller.close();
      else cursor = page.nextCursor;
    },
  });
  const contentType = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
  return { filename: `${name}.${format}`, contentType, body };
}

function toCsv({ seq, at, actor, action, outcome, target, details, requestId, hash }: AuditEntry): string {
  const cells = [seq, at, actor.type, actor.label, action, outcome, target?.type, target?.id, target?.label];
  return csvLine([...cells, JSON.stringify(details), requestId, hash]);
}
