import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Download } from '@/lib/core/files';
import { environmentFolder } from '@/lib/features/change/approved-state/model';
import { type StoreContext, storeContext, storeOf } from '@/lib/features/change/approved-state/store-context';
import type { TenantContext } from '@/lib/kernel/context';
import { getSnapshotRow } from './store';

/** So many files are held at once. */
const BATCH = 100;

/** A ZIP of a snapshot's folder as it stands in git: its manifest, and workflows that n8n can import. */
export async function snapshotArchive(ctx: TenantContext, id: string): Promise<Download> {
  const { environment, commitSha, createdAt } = await ctx.tx((db) => getSnapshotRow(db, id));
  const store = storeContext(ctx);
  const folder = environmentFolder(environment.slug);
  const paths = (await storeOf(store).readTree(commitSha, folder, ctx)).map(({ path }) => path);
  const read = batchReader(store, commitSha, paths);
  const zip = new ZipFile();
  for (const [index, path] of paths.entries()) {
    const options = { compress: true, mtime: createdAt };
    zip.addReadStreamLazy(path.slice(folder.length + 1), options, (give) => {
      read(index).then(
        (bytes) => give(null, Readable.from([Buffer.from(bytes)])),
        (error: Error) => zip.emit('error', error),
      );
    });
  }
  zip.end();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  ctx.signal.addEventListener('abort', () => output.destroy(), { once: true });
  return {
    filename: `${environment.slug}-${createdAt.toISOString().slice(0, 10)}-${commitSha.slice(0, 8)}.zip`,
    contentType: 'application/zip',
    body: Readable.toWeb(output) as ReadableStream,
  };
}

/** Files are asked for in order; git is asked for many at a time. */
function batchReader(ctx: StoreContext, commitSha: string, paths: readonly string[]) {
  let [loaded, files] = [-1, Promise.resolve(new Map<string, Uint8Array>())];
  return async (index: number): Promise<Uint8Array> => {
    const start = index - (index % BATCH);
    if (start !== loaded) {
      [loaded, files] = [start, storeOf(ctx).readFiles(commitSha, paths.slice(start, start + BATCH), ctx)];
    }
    return (await files).get(paths[index]!)!;
  };
}
