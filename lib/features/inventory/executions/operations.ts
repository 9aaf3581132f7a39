import { connect } from '@/lib/features/connections/environments/service';
import type { TenantContext } from '@/lib/kernel/context';
import { operation } from '@/lib/kernel/operation';
import { ProviderError } from '@/lib/ports/provider-error';
import {
  ExecutionDetail,
  ExecutionPage,
  ExecutionSummaryPage,
  GetExecution,
  ListExecutionSummaries,
  ListExecutions,
} from './schema';
import { type ExecutionRow, getExecutionRow, listExecutionRows, withWorkflows } from './store';
import { summariseExecutions } from './summary-store';

export const listExecutions = operation({
  name: 'execution.list',
  summary: 'List executions, the newest first',
  description: 'Go on with `cursor`; `total` is null where counting would cost more than it tells.',
  input: ListExecutions,
  output: ExecutionPage,
  status: 200,
  permission: 'execution:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listExecutionRows(db, query)),
});

export const listExecutionSummaries = operation({
  name: 'execution.summary',
  summary: 'Count executions by workflow',
  input: ListExecutionSummaries,
  output: ExecutionSummaryPage,
  status: 200,
  permission: 'execution:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => summariseExecutions(db, query)),
});

export const getExecution = operation({
  name: 'execution.get',
  summary: 'Get an execution, with what n8n still knows of it',
  input: GetExecution,
  output: ExecutionDetail,
  status: 200,
  permission: 'execution:read',
  effect: 'read',
  async run(ctx, { id, includeData }) {
    const { row, execution } = await ctx.tx(async (db) => {
      const found = await getExecutionRow(db, id);
      const [told] = await withWorkflows(db, [found]);
      return { row: found, execution: told! };
    });
    const { workflowN8nId, n8nId } = execution;
    const openUrl = `${row.environment.baseUrl}/workflow/${encodeURIComponent(workflowN8nId)}/executions/${n8nId}`;
    return { ...execution, openUrl, ...(await askInstance(ctx, row, includeData)) };
  },
});

/** What we kept is the answer in any case; that the instance is away only means that it has no more to add. */
async function askInstance(ctx: TenantContext, row: ExecutionRow, includeData: boolean) {
  try {
    const { provider } = await connect(ctx, row.environmentId);
    const live = await provider.getExecution(row.n8nId.toString(), { includeData, signal: ctx.signal });
    const pruned = { code: 'pruned', detail: 'n8n no longer keeps this execution.' };
    if (!live) return { live: null, liveProblem: pruned };
    const { error, workflowVersionId, data } = live;
    return { live: { error, workflowVersionId, data: includeData ? data : null }, liveProblem: null };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { live: null, liveProblem: { code: error.failure, detail: error.message } };
  }
}
