import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { pointOf } from '@/lib/testing/chaos/fate';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { IS_FULL, luckOf, sample, seedOf } from '@/lib/testing/sample';
import { isInState, targetOf } from '../change-plans/target';
import { listAll } from './created';
import { readJournal } from './interruption.fixture';
import { connectEnvironment, type Place, prepareRun } from './journal.fixture';
import { POINTS } from './options';
import { bundleJournalProcess, type Chain, killChain, stallChain } from './processes.fixture';
import { editRemote, type RemoteEdit } from './remote-edit.fixture';
import { setTwenty } from './twenty.fixture';

const egress = createEgress({ mode: 'private' });
const kind = n8nProvider({ egress });
const kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
beforeAll(bundleJournalProcess, 60_000);
afterAll(async () => {
  await closeHouse(kernel);
  await egress.close();
});

type Scene = { name: string; runId: string };

/** Of the passings of a run so many to one is sampled by `npm test`. */
const SAMPLED = 30;
const ROUNDS = IS_FULL ? [1, 2, 3, 4, 5, 6, 7, 8] : [1];
const STALLS = sample(
  [
    ['what can be done', false, false],
    ['what cannot be done', true, false],
    ['what can be done, while somebody edits', false, true],
    ['what cannot be done, while somebody edits', true, true],
  ] as const,
  1,
);
const HOUR = 3_600_000;
const LINES = ['1.x', '2.x'] as const;
const GOING_BACK = ['compensation.begun', 'undo.read', 'undo.intended', 'undo.written', 'undo.recorded', 'step.undone'];

/**
 * n8n 1.x takes down what it could not start. Killed before it heard so, a run cannot tell that from somebody's switching
 * it off: this one workflow is left and named. Its id; null when everything was heard.
 */
function unheardIn({ end: { status, problems }, passings }: Chain): string | null {
  if (status !== 'needs_attention' || !passings.some((passing) => passing.startsWith('step.written'))) return null;
  const ids = new Set(problems.map(({ code, n8nId }) => (code === 'outcome_unknown' ? n8nId : null)));
  return ids.size === 1 ? [...ids][0]! : null;
}

describe.each(LINES)('on a real n8n %s, twenty workflows', (line) => {
  let place: Place;
  beforeAll(async () => {
    const { baseUrl, apiKey } = inject('n8n')[line];
    const tenant = await newTenant(kernel);
    const environmentId = await connectEnvironment(kernel, tenant, { baseUrl, apiKey });
    place = { kernel, tenantId: tenant.id, environmentId, provider: kind.connect({ baseUrl, apiKey }) };
  });

  /** All that a scene has on the instance, by id. */
  const rowsOf = async (name: string) =>
    new Map(
      (await listAll(place.provider, {}))
        .filter(({ document }) => document.name.startsWith(name))
        .map((remote): [string, RemoteWorkflow] => [remote.id, remote]),
    );

  const scenes: string[] = [];
  // What a scene leaves would make every list of the next one longer.
  afterEach(async () => {
    for (const name of scenes.splice(0))
      for (const id of (await rowsOf(name)).keys()) await place.provider.deleteWorkflow(id).catch(() => false);
  }, HOUR);

  /** An instance that drops a connection while the scene is set spoils the scene, and proves nothing. */
  async function begin(refused: boolean, tries = 3): Promise<Scene & { before: Map<string, RemoteWorkflow> }> {
    const name = `k${randomUUID().slice(0, 8)}`;
    scenes.push(name);
    const workflows = await setTwenty(place.provider, name, refused).catch((error) => {
      if (!(error instanceof ProviderError) || tries === 1) throw error;
      return null;
    });
    if (!workflows) return begin(refused, tries - 1);
    const runId = await prepareRun(place, workflows);
    return { name, runId, before: await rowsOf(name) };
  }

  it.each([
    ['can be done', false, 'completed'],
    ['cannot be done', true, 'rolled_back'],
  ] as const)(
    'killed at every step of what %s, the run ends whole',
    async (_, refused, end) => {
      const { name, runId, before } = await begin(refused);
      const chain = await killChain(place, runId, {
        oneIn: IS_FULL ? 1 : SAMPLED,
        seed: seedOf(`killed ${line} ${end}`),
      });
      const told = JSON.stringify({ ...chain.end, last: chain.passings.slice(-20) });
      const unheard = refused && line === '1.x' ? unheardIn(chain) : null;
      if (!unheard) expect(chain.end, told).toMatchObject({ status: end, ...(refused ? {} : { problems: [] }) });
      const after = await rowsOf(name);
      if (refused) {
        expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
        for (const [id, remote] of before)
          if (id !== unheard) expect(isInState(after.get(id)!, targetOf(remote)), id).toBe(true);
      } else {
        expect(after.size).toBe(20);
      }
      if (!IS_FULL) return;
      const points = new Set(chain.passings.map(pointOf));
      // The one that is left is the only one whose way back takes two writes there.
      const back = ['verify.begun', 'verify.read', ...(unheard ? ['undo.recorded'] : [])];
      expect(POINTS.filter((point) => !points.has(point))).toEqual(refused ? back : GOING_BACK);
      const { steps } = await readJournal(place, runId);
      const killed = new Set(chain.passings);
      const taken = steps.filter(({ status }) => status === (refused ? 'undone' : 'applied'));
      for (const { action, position } of taken)
        if (action !== 'probe') expect(killed).toContain(`step.intended ${position}`);
    },
    HOUR,
  );

  /** Somebody edits some workflow of the scene that nobody has edited yet. */
  async function editOne(scene: Scene, edits: RemoteEdit[], pick: number, passing: string): Promise<void> {
    const rows = [...(await rowsOf(scene.name)).values()].filter(({ id }) => !edits.some((edit) => edit.id === id));
    const { steps } = await readJournal(place, scene.runId);
    const remote = rows[pick % rows.length];
    const edit = remote && (await editRemote(place.provider, remote, pick));
    if (!edit) return;
    const isUnder = ({ n8nId, status }: (typeof steps)[number]) =>
      n8nId === edit.id && ['intended', 'applied', 'undoing'].includes(status);
    edits.push({ ...edit, passing, isOnOurs: steps.some(isUnder) });
  }

  /** Nobody wrote anything over an edit, and every one that stood in the way is named. */
  async function expectKept({ runId }: Scene, edits: readonly RemoteEdit[], end: Chain['end']): Promise<void> {
    const named = new Set(end.problems.map(({ n8nId }) => n8nId));
    for (const edit of edits) {
      const told = JSON.stringify({ ...edit, left: undefined, runId, end });
      expect(await place.provider.getWorkflow(edit.id), told).toEqual(edit.left);
      if (edit.isOnOurs && end.status !== 'completed') expect(named, told).toContain(edit.id);
    }
    if (end.status === 'completed')
      expect(edits.filter(({ passing }) => !['verify.read', 'run.ended'].includes(passing))).toEqual([]);
  }

  it.each(ROUNDS)(
    'edits between two deaths stay, and are named: round %i',
    async (round) => {
      const seed = seedOf(`edited ${line} ${round}`);
      const luck = luckOf(seed);
      const scene = await begin(round % 2 === 0);
      const edits: RemoteEdit[] = [];
      const { end } = await killChain(place, scene.runId, { oneIn: IS_FULL ? 8 : SAMPLED, seed }, async (passing) => {
        if (edits.length === 0 || luck(3) === 0) await editOne(scene, edits, luck(1_000), passing);
      });
      await expectKept(scene, edits, end);
      if (IS_FULL) expect(edits.length).toBeGreaterThan(0);
    },
    HOUR,
  );

  it.each(STALLS)(
    'a worker asleep past its lease changes nothing when it wakes: %s',
    async (name, refused, isEdited) => {
      const seed = seedOf(`asleep ${line} ${name}`);
      const luck = luckOf(seed);
      const scene = await begin(refused);
      const states = async () => [await readJournal(place, scene.runId), await rowsOf(scene.name)];
      const edits: RemoteEdit[] = [];
      const points = IS_FULL ? POINTS : sample(POINTS, 3);
      const chain = await stallChain(
        place,
        scene.runId,
        { oneIn: 8, seed, points },
        {
          async asleep(passing) {
            if (isEdited && luck(3) === 0) await editOne(scene, edits, luck(1_000), passing);
          },
          async overtaken(sleeper, passing) {
            const before = await states();
            sleeper.wake();
            const said = await sleeper.says();
            await sleeper.gone();
            // Who slept before it read the run may find it over by now, and says how it ended.
            const mayBeOver = passing === 'run.ended' || (passing === 'lease.taken' && 'status' in said);
            if (!mayBeOver) expect({ passing, said }).toEqual({ passing, said: { code: 'lease_lost' } });
            else if ('status' in said) expect(said.status).toBe((await readJournal(place, scene.runId)).status);
            expect(await states()).toEqual(before);
          },
        },
      );
      await expectKept(scene, edits, chain.end);
      if (edits.length === 0) expect(chain.end).toMatchObject({ status: refused ? 'rolled_back' : 'completed' });
      if (!IS_FULL || isEdited) return;
      const never = refused ? ['verify.begun', 'verify.read'] : GOING_BACK;
      expect(POINTS.filter((point) => !chain.passings.map(pointOf).includes(point))).toEqual(never);
    },
    HOUR,
  );
});
