import { AppError } from '@/lib/core/errors';
import { isConnectionFailure } from '@/lib/features/connections/environments/observation';
import { assertAllowed, type Connected, connect } from '@/lib/features/connections/environments/service';
import { toRef } from '@/lib/features/connections/environments/store';
import type { TenantContext } from '@/lib/kernel/context';
import { operation } from '@/lib/kernel/operation';
import { ProviderError } from '@/lib/ports/provider-error';
import { archiveOf } from './archive-writing';
import { saveWorkflows } from './cache';
import { observe } from './observe';
import { type Hold, holdRoom, releaseRoom, useRoom } from './room';
import { DownloadWorkflows, UploadResult, UploadWorkflows, WorkflowArchive } from './schema';
import { findWorkflowRow, toWorkflow } from './store';
import { type Candidate, candidatesOf, refusedAmong } from './uploaded-files';
import { changed, explain, recorded } from './writing';

type Result = UploadResult['results'][number];

export const uploadWorkflows = operation({
  name: 'workflow.upload',
  summary: 'Create workflows from JSON files and ZIP archives',
  description:
    'Each file has its own result. Workflows are created switched off, under new ids. What the plan has no room for is refused whole.',
  input: UploadWorkflows,
  output: UploadResult,
  status: 200,
  permission: 'workflow:write',
  feature: 'workflow_push',
  rateClass: 'expensive',
  bodyLimit: 'upload',
  effect: 'external',
  audit: 'workflow.uploaded',
  async run(ctx, { environmentId, files, reason }) {
    const connected = await connect(ctx, environmentId, 'environmentId');
    assertAllowed(ctx.principal, connected.environment, 'upload', reason);
    const candidates = await candidatesOf(files);
    const refused = refusedAmong(candidates);
    const hold = await holdRoom(ctx, environmentId, candidates.length - refused.size);
    const results = await createAll(ctx, { ...connected, hold }, candidates, refused).finally(() =>
      releaseRoom(ctx, hold),
    );
    const created = results.filter(({ status }) => status === 'created').length;
    const { environment } = connected;
    await ctx.tx(async (db) => {
      const details = { ...recorded(environment, reason), created, failed: results.length - created };
      db.audit({ target: { type: 'environment', id: environmentId, label: environment.name }, details });
    });
    return { environment: toRef(environment), created, failed: results.length - created, results };
  },
});

type Place = Connected & { hold: Hold };

/** One after the other: some versions lose writes that overlap. */
async function createAll(
  ctx: TenantContext,
  place: Place,
  candidates: readonly Candidate[],
  refused: ReadonlyMap<string, AppError>,
): Promise<Result[]> {
  const results: Result[] = [];
  let away: AppError | undefined;
  for (const candidate of candidates) {
    const error = refused.get(candidate.file) ?? away;
    const result = error ? failed(candidate.file, error) : await create(ctx, place, candidate);
    if (result.error && isConnectionFailure(result.error.code))
      away ??= new AppError('upstream', result.error.detail, result.error);
    results.push(result);
  }
  return results;
}

async function create(
  ctx: TenantContext,
  { environment, provider, hold }: Place,
  { file, read }: Candidate,
): Promise<Result> {
  try {
    const outcome = await provider.createWorkflow(read(), { signal: ctx.signal });
    const workflow = await ctx.tx(async (db) => {
      await saveWorkflows(db, environment.id, [observe(outcome.workflow)]);
      await useRoom(db, hold);
      const row = await findWorkflowRow(db, environment.id, outcome.workflow.id);
      db.emit(changed(row));
      return toWorkflow(row);
    });
    return { file, status: 'created', workflow, error: null, omitted: outcome.omitted };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return failed(file, error instanceof ProviderError ? explain(error, environment.name) : error);
  }
}

const failed = (file: string, { code, message }: AppError): Result => ({
  file,
  status: 'failed',
  workflow: null,
  error: { code, detail: message },
  omitted: [],
});

export const downloadWorkflows = operation({
  name: 'workflow.download',
  summary: 'Download workflows as a ZIP of JSON files',
  input: DownloadWorkflows,
  output: WorkflowArchive,
  status: 200,
  permission: 'workflow:read',
  feature: 'workflow_read',
  rateClass: 'expensive',
  effect: 'read',
  run: (ctx, { environmentId, ids }) => archiveOf(ctx, environmentId, ids),
});
