import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { ProviderError, type ProviderFailure } from '@/lib/ports/provider-error';
import type { WorkflowProvider, WriteOutcome } from '@/lib/ports/workflow-provider';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import { changing, going, making } from './journal.fixture';

/** The write of each column, by the method that sends it. */
export const METHODS = {
  create: 'createWorkflow',
  update: 'updateWorkflow',
  tags: 'setWorkflowTags',
  tag: 'createTag',
  publish: 'publishWorkflow',
  unpublish: 'unpublishWorkflow',
  archive: 'archiveWorkflow',
} as const;
export type FaultyWrite = keyof typeof METHODS;

type Sending = { write: FaultyWrite; instance: ScriptedInstance; id: string | null; apply: () => Promise<unknown> };
export type Fault = { times: number; play: (sending: Sending) => Promise<unknown> };

/** More than any run tries. */
const ALWAYS = 9;

const fails = (failure: ProviderFailure): never => {
  throw new ProviderError(failure, `Scripted: ${failure}.`);
};
const nothing = (failure: ProviderFailure) => async () => fails(failure);
const doneBut =
  (failure: ProviderFailure) =>
  async ({ apply }: Sending) => {
    await apply();
    return fails(failure);
  };

/** What the provider says of an answer that promised what did not happen; the adapter tells it so. */
async function promised({ write, instance, id }: Sending): Promise<unknown> {
  if (write === 'tags') return [];
  if (write === 'tag') return { id: 'none', name: 'none' };
  if (write === 'create') return fails('outcome_unknown');
  if (write !== 'update') return fails('conflict');
  const workflow = structuredClone(instance.workflows.get(id!)!);
  return { status: 'applied', workflow, omitted: [], residual: [] } satisfies WriteOutcome;
}

export const FAULTS: Record<string, Fault> = {
  '429-once': { times: 1, play: nothing('rate_limited') },
  '429-always': { times: ALWAYS, play: nothing('rate_limited') },
  '500-before': { times: 1, play: nothing('unavailable') },
  '500-always': { times: ALWAYS, play: nothing('unavailable') },
  '500-after': { times: 1, play: doneBut('unavailable') },
  'reset-before': { times: 1, play: nothing('outcome_unknown') },
  'reset-after': { times: 1, play: doneBut('outcome_unknown') },
  'reset-late': {
    times: 1,
    async play({ apply }) {
      // After the look that follows at once, before the repetition.
      void sleep(150).then(apply);
      return fails('outcome_unknown');
    },
  },
  hang: {
    times: 1,
    async play() {
      await sleep(30);
      return fails('outcome_unknown');
    },
  },
  '403': { times: 1, play: nothing('not_permitted') },
  '403-done': { times: 1, play: doneBut('not_permitted') },
  '200-not-done': { times: 1, play: promised },
  '200-never-done': { times: ALWAYS, play: promised },
};

const saved = (status: WriteOutcome['status'], spoil: (sending: Sending) => void): Fault => ({
  times: 1,
  async play(sending) {
    const published = sending.instance.workflows.get(sending.id!)!.published;
    const outcome = (await sending.apply()) as WriteOutcome;
    const row = sending.instance.workflows.get(sending.id!)!;
    if (status === 'saved_only') row.published = published && { ...published, versionId: 'the one before' };
    if (status === 'unpublished') row.published = null;
    spoil(sending);
    const problem = { failure: 'content_rejected' as const, detail: 'Scripted: it could not be activated.' };
    return { ...outcome, status, workflow: structuredClone(row), problem };
  },
});

export const SAVING_FAULTS: Record<string, Fault> = {
  '200-not-published': saved('saved_only', () => {}),
  '400-taken-down': saved('unpublished', () => {}),
  '400-marked-live': saved('published_broken', () => {}),
};

let count = 0;
const session = randomUUID().slice(0, 6);

/** A plan with one write of this kind, and a change of another workflow before or after it. */
export async function planWith(provider: WorkflowProvider, write: FaultyWrite, savesLive: boolean) {
  const name = (text: string) => `${text} ${session} ${++count}`;
  const make = async (text: string, active: boolean) => {
    const { workflow } = await provider.createWorkflow(callingDocument(name(text)));
    return active ? (await provider.publishWorkflow(workflow.id)).workflow : workflow;
  };
  const other = await make('other', true);
  const anchor = changing(other, callingDocument(other.document.name, [], 'two'), true);
  if (write === 'create') {
    return { id: null, workflows: [anchor, making(name('made'), callingDocument(name('made')), false)] };
  }
  const isLiveSave = write === 'update' && savesLive;
  const one = await make('one', write === 'unpublish' || isLiveSave);
  const document = write === 'update' ? callingDocument(one.document.name, [], 'two') : one.document;
  const changed = changing(one, document, write === 'publish' || isLiveSave);
  if (write === 'tags') changed.desired!.tags = ['x'];
  if (write === 'tag') changed.desired!.tags = [name('tag')];
  return { id: one.id, workflows: [anchor, write === 'archive' ? going(one) : changed] };
}

/** Spoils the writes to one workflow (to any, where it is yet to be made); counts how often they were sent. */
export function spoil(instance: ScriptedInstance, write: FaultyWrite, id: string | null, { times, play }: Fault) {
  const provider = instance.provider as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const method = METHODS[write];
  const untouched = provider[method]!;
  const spoiled = { sent: 0, stop: () => Object.assign(provider, { [method]: untouched }) };
  provider[method] = (...args) => {
    const apply = () => untouched(...args);
    if (write !== 'tag' && id !== null && args[0] !== id) return apply();
    spoiled.sent += 1;
    return spoiled.sent <= times ? play({ write, instance, id, apply }) : apply();
  };
  return spoiled;
}

/** As n8n 1.x. */
export function takesDownWhatFails({ provider }: ScriptedInstance): void {
  const { probe } = provider;
  provider.probe = async (call) => {
    const probed = await probe(call);
    if (probed.ok) probed.report.writes.failedPublish = 'unpublishes';
    return probed;
  };
}

export type FaultCell = { name: string; write: FaultyWrite; ends: string; sent: number };

/** The cells of the tables in the documentation: of the first, or of the second. */
export function readFaultCells(table: 0 | 1): FaultCell[] {
  const text = readFileSync(new URL('../../../../docs/journal-faults.md', import.meta.url), 'utf8');
  const tables = text.split(/^\| Case.*$/m).slice(1);
  const columns = table === 0 ? (Object.keys(METHODS) as FaultyWrite[]) : (['update'] as const);
  const rows = tables[table]!.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((line) => {
    const [, name, , ...cells] = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    return columns.map((write, at) => {
      const [ends, sent] = cells[at]!.split(' ');
      return { name: name!, write, ends: ends!, sent: Number(sent) };
    });
  });
}
