import { csvLine } from '@/lib/core/csv';
import type { Download } from '@/lib/core/files';
import type { Acceptance, Incident } from './compliance-store';
import type { Compliance } from './schema';

// biome-ignore format: one line
const COLUMNS = ['id', 'title', 'environment', 'class', 'severity', 'status', 'detectedAt', 'dueAt', 'closedAt', 'expiredAt', 'resolution', 'workflowCount', 'hours', 'inTime'] as const;

/** What is in the file, read part by part while it is sent: how much there is costs no memory. */
export type Parts = {
  figures: Omit<Compliance, 'incidents' | 'acceptances'>;
  incidents(): AsyncIterable<Incident[]>;
  acceptances(): AsyncIterable<Acceptance[]>;
};

/** The report as a file with everything in it: as JSON, or one line an incident as CSV. */
export function exportCompliance(format: 'csv' | 'json', parts: Parts): Download {
  const { from, to } = parts.figures;
  const filename = `drift-compliance-${from.slice(0, 10)}-${to.slice(0, 10)}.${format}`;
  const contentType = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json';
  return { filename, contentType, body: streamOf(format === 'csv' ? csvOf(parts) : jsonOf(parts)) };
}

async function* csvOf({ incidents }: Parts) {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const some of incidents()) {
    yield some.map((one) => `${csvLine(COLUMNS.map((column) => one[column]))}\r\n`).join('');
  }
}

async function* jsonOf({ figures, acceptances, incidents }: Parts) {
  yield JSON.stringify(figures).slice(0, -1);
  yield ',"acceptances":[';
  yield* listed(acceptances());
  yield '],"incidents":[';
  yield* listed(incidents());
  yield ']}\n';
}

async function* listed(batches: AsyncIterable<object[]>) {
  let before = '';
  for await (const some of batches) {
    if (some.length === 0) continue;
    yield before + some.map((one) => JSON.stringify(one)).join(',\n');
    before = ',\n';
  }
}

function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await texts.return(undefined)),
  });
}
