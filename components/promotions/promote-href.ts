/** What is known before a promotion begins; all of it can still be chosen otherwise there. */
type Beginning = {
  pipelineId?: string;
  stageId?: string;
  /** Where it comes from: narrows the stages. */
  environmentId?: string;
  workflowIds?: readonly string[];
};

/** The address where a promotion is begun. */
export function promoteHref(slug: string, { pipelineId, stageId, environmentId, workflowIds = [] }: Beginning): string {
  const query = new URLSearchParams();
  if (pipelineId) query.set('pipeline', pipelineId);
  if (stageId) query.set('stage', stageId);
  if (environmentId) query.set('environment', environmentId);
  if (workflowIds.length > 0) query.set('workflows', workflowIds.join(','));
  const text = query.toString();
  return `/t/${slug}/promotions/new${text && `?${text}`}`;
}
