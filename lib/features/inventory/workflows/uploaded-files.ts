import { AppError, type FieldError, invalid } from '@/lib/core/errors';
import type { UploadedFile } from '@/lib/core/files';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import { ARCHIVE_LIMITS, isArchive, readArchive } from './archive-reading';
import { toDocument } from './document';

/** One workflow that somebody uploaded, still as bytes: only one at a time is held as objects. */
export type Candidate = { file: string; read(): WorkflowDocument };

/** The workflow files of an upload. Archives are opened; what is not JSON is refused by name. */
export async function candidatesOf(files: readonly UploadedFile[]): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const { name, bytes } of files) {
    if (!isArchive(bytes)) {
      candidates.push(candidate(name, bytes));
      continue;
    }
    const entries = await readArchive(bytes);
    if (entries.length === 0) throw invalid(`${name} is empty.`, [{ path: 'files', message: 'An empty archive.' }]);
    candidates.push(...entries.map((entry) => candidate(`${name}/${entry.path}`, entry.bytes)));
  }
  if (candidates.length > ARCHIVE_LIMITS.entries) {
    throw invalid(`More than ${ARCHIVE_LIMITS.entries} files.`, undefined, { code: 'too_many_entries' });
  }
  return candidates;
}

const candidate = (file: string, bytes: Uint8Array): Candidate => ({
  file,
  read: () => toDocument(parse(bytes), baseName(file)),
});

function parse(bytes: Uint8Array): unknown {
  if (bytes.byteLength > ARCHIVE_LIMITS.fileBytes) {
    throw invalid('A workflow may have at most 16 MB.', undefined, { code: 'file_too_large' });
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid('This is not JSON in UTF-8.', undefined, { code: 'unparsable', cause });
  }
}

const baseName = (file: string) =>
  file
    .split('/')
    .at(-1)!
    .replace(/\.json$/i, '')
    .slice(0, 128) || 'Workflow';

/** Those that cannot be read, found before anything is written. When it is all of them, the request is what is wrong. */
export function refusedAmong(candidates: readonly Candidate[]): Map<string, AppError> {
  const refused = new Map<string, AppError>();
  for (const { file, read } of candidates) {
    try {
      read();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.set(file, error);
    }
  }
  if (refused.size < candidates.length) return refused;
  const errors: FieldError[] = [...refused]
    .slice(0, 50)
    .map(([file, { message }]) => ({ path: 'files', message: `${file}: ${message}` }));
  throw invalid('None of these files is a workflow.', errors, { code: 'not_a_workflow' });
}
