import { ById } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { getDetail } from './detail';
import { ListWorkflows, WorkflowDetail, WorkflowPage } from './schema';
import { listWorkflowRows } from './store';

export const listWorkflows = operation({
  name: 'workflow.list',
  summary: 'List workflows, as last seen',
  input: ListWorkflows,
  output: WorkflowPage,
  status: 200,
  permission: 'workflow:read',
  feature: 'workflow_read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listWorkflowRows(db, query)),
});

export const getWorkflow = operation({
  name: 'workflow.get',
  summary: 'Get a workflow with its draft, what runs, and what it depends on',
  input: ById,
  output: WorkflowDetail,
  status: 200,
  permission: 'workflow:read',
  feature: 'workflow_read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx((db) => getDetail(db, id)),
});
