import { finished } from '../connect.ts';
import { answers, callIt, NAME } from './order-status.ts';
import type { Stage } from './stage.ts';
import { short } from './teller.ts';

interface Incident {
  id: string;
  title: string;
  status: string;
  severity: string;
  dueAt: string;
  driftDigest: string;
  affectedWorkflows: { workflowId: string | null; n8nId: string; driftClass: string; sentences: string[] }[];
}
export interface Noticed {
  incident: Incident;
  /** The one that the tour edited. */
  workflowId: string;
}

/** Edits production as somebody in its editor would, and lets one check notice. */
export async function notice(stage: Stage, word: string): Promise<Noticed> {
  const { api, teller, production } = stage;
  teller.chapter(`Somebody edits ${production.name} in n8n, behind our back: "${word}". A check notices.`);
  const n8nId = await callIt(word, production);
  teller.say('n8n', `PUT /workflows/${n8nId} on ${production.baseUrl}`, await answers(word, production));
  const receipt = await api.post<{ jobId: string }>(`/environments/${production.id}/drift-check`);
  await finished(api, receipt, 'The drift check');
  const path = `/incidents?environmentId=${production.id}&open=true`;
  const [open] = (await api.get<{ items: Incident[] }>(path)).items;
  if (!open) throw new Error(`The check found nothing in ${production.name}.`);
  const incident = await api.get<Incident>(`/incidents/${open.id}`);
  const affected = incident.affectedWorkflows.find((workflow) => workflow.n8nId === n8nId);
  if (!affected?.workflowId) throw new Error(`The check did not find "${NAME}".`);
  const { severity, dueAt } = incident;
  teller.say('incident', `${incident.id}: ${incident.title}`, `${severity}, to be settled by ${dueAt}`);
  teller.say(affected.driftClass, ...affected.sentences);
  return { incident, workflowId: affected.workflowId };
}

/** Takes the edit back or keeps it, and shows that production is in sync either way. */
export async function resolve(
  { api, teller, production }: Stage,
  { incident, workflowId }: Noticed,
  { resolution, reason, word }: { resolution: 'revert' | 'keep'; reason: string; word: string },
): Promise<void> {
  const { id, driftDigest } = incident;
  const request = { resolution, reason, driftDigest, workflowIds: [workflowId] };
  await finished(api, await api.post(`/incidents/${id}/resolve`, request), `The resolution "${resolution}"`);
  const drift = await api.get<{ status: string; approved: { commitSha: string } | null }>(
    `/workflows/${workflowId}/drift`,
  );
  if (drift.status !== 'in_sync') throw new Error(`"${NAME}" is ${drift.status} after "${resolution}".`);
  const { status } = await api.get<Incident>(`/incidents/${id}`);
  teller.say('incident', `${id}: ${status} (${resolution}: ${reason})`);
  teller.say('in sync', `"${NAME}" runs what commit ${short(drift.approved?.commitSha ?? '')} holds`);
  teller.say('n8n', await answers(word, production));
}
