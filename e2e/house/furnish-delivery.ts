import { type DemoEnvironment, finished } from '../../scripts/demo/connect.ts';
import type { JsonApi } from '../../scripts/demo/http.ts';
import { firstOf } from './furnish.ts';

type Made = { id: string; stages: { id: string }[] };

/** One workflow brought to production, and a promotion that still lacks something and waits for somebody. */
export async function fillDelivery(
  as: JsonApi,
  source: DemoEnvironment,
  target: DemoEnvironment,
): Promise<Record<string, string>> {
  const hop = { sourceEnvironmentId: source.id, targetEnvironmentId: target.id };
  const direct = await as.post<Made>('/pipelines', { name: 'Straight to production', stages: [hop] });
  const pricing = await initiate(as, direct, 'Price an order');
  const run = await as.post<{ deploymentId: string; jobId: string }>(`/promotions/${pricing}/execute`);
  await finished(as, run, 'Promoting a workflow to production');
  const stages = [{ ...hop, requireApproval: true }];
  const pipeline = await as.post<Made>('/pipelines', { name: 'With approval', stages });
  const promotion = await initiate(as, pipeline, 'Receive an order');
  return { pipeline: pipeline.id, promotion, deployment: run.deploymentId };
}

async function initiate(as: JsonApi, { id: pipelineId, stages }: Made, name: string): Promise<string> {
  const workflowIds = [await firstOf(as, `/workflows?search=${encodeURIComponent(name)}`)];
  const body = { pipelineId, stageId: stages[0]?.id, workflowIds };
  return (await as.post<{ id: string }>('/promotions/initiate', body)).id;
}
