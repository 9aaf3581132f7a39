import { csvLine } from '@/lib/core/csv';
import type { Download } from '@/lib/core/files';
import type { Compliance } from './schema';

// biome-ignore format: one line
const COLUMNS = ['id', 'title', 'environment', 'class', 'severity', 'status', 'detectedAt', 'dueAt', 'closedAt', 'expiredAt', 'resolution', 'workflowCount', 'hours', 'inTime'] as const;

/** The report as a file: everything as JSON, or one line an incident as CSV. */
export function exportCompliance(format: 'csv' | 'json', report: Compliance): Download {
  const filename = `drift-compliance-${report.from.slice(0, 10)}-${report.to.slice(0, 10)}.${format}`;
  const text = format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : toCsv(report);
  const contentType = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json';
  return { filename, contentType, body: new TextEncoder().encode(text) };
}

function toCsv({ incidents }: Compliance): string {
  const lines = [COLUMNS.join(','), ...incidents.map((one) => csvLine(COLUMNS.map((column) => one[column])))];
  return `${lines.join('\r\n')}\r\n`;
}
