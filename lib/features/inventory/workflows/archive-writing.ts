import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { notFound } from '@/lib/core/errors';
import type { Download } from '@/lib/core/files';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import type { TenantContext } from '@/lib/kernel/context';
import { getBody } from './store';

type Listed = { id: string; name: string };

/** A ZIP of drafts that is read while it is sent: one workflow is held at a time. */
export async function archiveOf(ctx: TenantContext, environmentId: string, ids?: string): Promise<Download> {
  const wanted = ids?.split(',');
  const { slug, workflows } = await ctx.tx(async (db) => ({
    slug: (await getEnvironmentRow(db, environmentId, 'environmentId')).slug,
    workflows: await db.workflow.findMany({
      where: { environmentId, presence: 'present', id: wanted && { in: wanted } },
      select: { id: true, name: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
  }));
  if (workflows.length === 0) throw notFound('workflow in this environment', wanted ? 'ids' : 'environmentId');
  const zip = new ZipFile();
  for (const [fileName, { id }] of namedApart(workflows)) {
    zip.addReadStreamLazy(fileName, { compress: true }, (give) => {
      readDraft(ctx, id).then(
        (text) => give(null, Readable.from([text])),
        (error: Error) => zip.emit('error', error),
      );
    });
  }
  zip.end();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  ctx.signal.addEventListener('abort', () => output.destroy(), { once: true });
  return {
    filename: `${slug}-workflows.zip`,
    contentType: 'application/zip',
    body: Readable.toWeb(output) as ReadableStream,
  };
}

const readDraft = async (ctx: TenantContext, id: string): Promise<string> => {
  const { draft } = await ctx.tx((db) => getBody(db, id));
  return `${JSON.stringify(draft, null, 2)}\n`;
};

/** File names that every system takes, each once. */
function namedApart(workflows: readonly Listed[]): Map<string, Listed> {
  const files = new Map<string, Listed>();
  for (const workflow of workflows) {
    const name = workflow.name
      .replace(/[\p{Cc}<>:"/\\|?*]/gu, '-')
      .replace(/^\.+|[. ]+$/g, '')
      .slice(0, 120);
    const base = name || 'workflow';
    let file = `${base}.json`;
    for (let count = 2; files.has(file); count += 1) file = `${base} (${count}).json`;
    files.set(file, workflow);
  }
  return files;
}
