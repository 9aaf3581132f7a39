import { finished } from '../connect.ts';
import { NAME } from './order-status.ts';
import type { Stage } from './stage.ts';
import { short } from './teller.ts';

interface Step {
  key: string;
  method: string;
  path: string;
}
interface Promotion {
  id: string;
  status: string;
  plan: { digest: string; steps: Step[] } | null;
  problems: { code: string; severity: string; workflowId: string | null; detail: string; remedy: string }[];
  workflows: { lineageId: string; name: string; change: string; why: string; role: string; isPlanned: boolean }[];
  can: { approve: { allowed: boolean; reason: string | null } };
}
interface Deployment {
  status: string;
  commitSha: string | null;
  steps: { status: string }[];
  workflows: { name: string; change: string; verified: string[]; unverified: string[] }[];
  problems: { detail: string }[];
}

/** The second calls a sub-workflow and hands its failures to an error workflow; both come along. */
const SELECTED = [NAME, 'Receive an order'];
/** Made in production since the last release: somebody has to decide. */
const DECIDED = ['target_hotfix', 'conflict'];

/** Saves dev as approved: one commit of what it has now. */
export async function saveDev({ api, dev, teller }: Stage): Promise<void> {
  teller.chapter(`${dev.name} is saved as approved: one commit, by who asked.`);
  const receipt = await api.post<{ jobId: string }>('/workflows/sync-to-github', { environmentId: dev.id });
  await finished(api, receipt, 'Saving as approved');
  const path = `/environments/${dev.id}/approved`;
  const approved = await api.get<{ commitSha: string; by: { name: string }; workflows: object[] }>(path);
  teller.say(
    'git',
    `commit ${short(approved.commitSha)} by ${approved.by.name}, ${approved.workflows.length} workflows`,
  );
}

/** Plans a promotion, and decides what was changed in production since the last one. Throws when it stays blocked. */
export async function plan(stage: Stage): Promise<Promotion> {
  const { api, teller, dev, production } = stage;
  teller.chapter(`A promotion from ${dev.name} to ${production.name} is planned. Nothing is written yet.`);
  const workflowIds = await Promise.all(SELECTED.map((name) => idOf(stage, name)));
  // Somebody may have switched it off there, and the story needs its answers.
  const choices = [{ workflowId: workflowIds[0], active: true }];
  const begun = await api.post<Promotion>('/promotions/initiate', { ...(await routeOf(stage)), workflowIds, choices });
  const promotion = await decide(stage, begun);
  const blocking = promotion.problems.filter(({ severity }) => severity === 'blocking');
  if (blocking.length > 0) throw new Error(blocking.map(({ detail, remedy }) => `${detail} ${remedy}`).join('\n'));
  teller.say('promotion', `${promotion.id}: ${promotion.status.replaceAll('_', ' ')}`);
  for (const { name, change, why, isPlanned, role } of promotion.workflows) {
    const part = role === 'selected' ? '' : ' It came along because it is called.';
    if (isPlanned) teller.say(change, `${name}. ${why}${part}`);
  }
  const { digest = '', steps = [] } = promotion.plan ?? {};
  teller.say('plan', `${short(digest)}, ${steps.length} calls:`, ...steps.map((step) => callOf(step, promotion)));
  return promotion;
}

/** What does not exist yet has no id: its name stands in the path. */
function callOf({ method, path, key }: Step, { workflows }: Promotion): string {
  const name = workflows.find(({ lineageId }) => lineageId === key)?.name;
  const call = `${method.padEnd(7)} ${path.replace(/n8nops-new-[\da-f-]+/, '{id}')}`;
  return name ? `${call.padEnd(52)} ${name}` : call;
}

async function decide({ api, teller }: Stage, begun: Promotion): Promise<Promotion> {
  const open = begun.problems.filter(({ code }) => DECIDED.includes(code));
  if (open.length === 0) return begun;
  teller.say('stops', ...open.map(({ detail }) => detail), 'We choose to overwrite it: the earlier tour kept it.');
  const choices = open.map(({ workflowId }) => ({ workflowId, resolve: 'overwrite' }));
  return api.post<Promotion>(`/promotions/${begun.id}/choices`, { choices });
}

/** Approves exactly this plan, carries it out, and shows what was verified. */
export async function release({ api, teller, production }: Stage, promotion: Promotion): Promise<string> {
  const { id, plan: planned, can } = promotion;
  teller.chapter('The plan is approved, and carried out by the journal.');
  if (!can.approve.allowed) throw new Error(`It cannot be approved with this key: ${can.approve.reason}`);
  const planDigest = planned?.digest;
  const approved = await api.post<Promotion>(`/promotions/${id}/approve`, { planDigest, comment: 'The tour' });
  teller.say('promotion', `${approved.status}: bound to plan ${short(planDigest ?? '')}, any movement voids it`);
  const receipt = await api.post<{ deploymentId: string; jobId: string }>(`/promotions/${id}/execute`);
  await finished(api, receipt, 'The deployment');
  const deployment = await api.get<Deployment>(`/deployments/${receipt.deploymentId}`);
  const { status, problems, workflows, steps, commitSha } = deployment;
  const done = steps.filter((step) => step.status === 'applied').length;
  teller.say('deployment', `${receipt.deploymentId}: ${status}, ${done} of ${steps.length} steps done`);
  if (status !== 'completed') throw new Error(problems.map(({ detail }) => detail).join('\n'));
  for (const { name, change, verified, unverified } of workflows) {
    teller.say(change, name, ...verified.map((fact) => `  ✓ ${fact}`), ...unverified.map((fact) => `  ? ${fact}`));
  }
  teller.say('git', `commit ${short(commitSha ?? '')}: this is what ${production.name} should run from now on`);
  return receipt.deploymentId;
}

async function idOf({ api, dev }: Stage, name: string): Promise<string> {
  const query = new URLSearchParams({ environmentId: dev.id, search: name });
  const { items } = await api.get<{ items: { id: string; name: string }[] }>(`/workflows?${query}`);
  const found = items.find((workflow) => workflow.name === name);
  if (!found) throw new Error(`${dev.name} has no workflow named "${name}" any more.`);
  return found.id;
}

async function routeOf({ api, dev, production }: Stage): Promise<{ pipelineId: string; stageId: string }> {
  type Pipeline = { id: string; stages: { id: string; sourceEnvironmentId: string; targetEnvironmentId: string }[] };
  const { items } = await api.get<{ items: Pipeline[] }>(`/pipelines?environmentId=${production.id}&isActive=true`);
  for (const { id: pipelineId, stages } of items) {
    const hop = stages.find((one) => one.sourceEnvironmentId === dev.id && one.targetEnvironmentId === production.id);
    if (hop) return { pipelineId, stageId: hop.id };
  }
  throw new Error(`No active pipeline leads from ${dev.name} to ${production.name} any more.`);
}
