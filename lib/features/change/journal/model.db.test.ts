import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { ProviderError } from '@/lib/ports/provider-error';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { IS_FULL } from '@/lib/testing/sample';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import type { Target } from '../change-plans/schema';
import { sameTarget, targetOf } from '../change-plans/target';
import { editByHand, type HandEdit, type HandEditKind, handEdit } from './hand-edit.fixture';
import { expireLease, readJournal } from './interruption.fixture';
import { changing, connectEnvironment, going, kindOf, making, type Place, prepareRun, runIn } from './journal.fixture';
import type { Interruption, Point } from './options';

const modern = new ScriptedInstance();
const legacy = new ScriptedInstance({ without: ['workflows.draftOnly', 'workflows.publishVersion'] });
const kernel = openHouse({ ports: { providers: new Map([['n8n', kindOf(modern, legacy)]]) } });
afterAll(() => closeHouse(kernel));

const WORKFLOWS = 4;
/** A run passes about so many points; what is to happen later happens never. */
const PASSINGS = 50;

type Wish = 'change' | 'switch' | 'archive' | 'leave';
type Intervention = { at: number } & (
  | { does: 'edit'; which: number; kind: HandEditKind }
  | { does: 'kill' }
  | { does: 'fail'; method: 'getWorkflow' | 'updateWorkflow' | 'publishWorkflow'; times: number }
);
type Meeting = HandEdit & { point: Point; position?: number };

const at = fc.integer({ min: 0, max: PASSINGS });
const intervention: fc.Arbitrary<Intervention> = fc.oneof(
  fc.record({ at, does: fc.constant('edit' as const), which: fc.nat(WORKFLOWS - 1), kind: handEdit }),
  fc.record({ at, does: fc.constant('kill' as const) }),
  fc.record({
    ...{ at, does: fc.constant('fail' as const), times: fc.integer({ min: 1, max: 3 }) },
    method: fc.constantFrom('getWorkflow' as const, 'updateWorkflow' as const, 'publishWorkflow' as const),
  }),
);

/** What is known between two commands: nothing of an instance is believed, so the ids alone. */
type Model = { ids: string[] };
type Real = { place: Place; instance: ScriptedInstance };

class EditBetween implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly which: number,
    readonly kind: HandEditKind,
  ) {}
  check = () => true;
  toString = () => `edit ${this.which}: ${this.kind}`;
  async run({ ids }: Model, { instance }: Real) {
    editByHand(instance, ids[this.which]!, this.kind);
  }
}

let count = 0;

class Promote implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly wishes: Wish[],
    readonly makes: boolean,
    readonly refused: boolean,
    readonly interventions: Intervention[],
  ) {}
  check = () => true;
  toString = () => `promote ${JSON.stringify({ ...this, check: undefined })}`;

  async run({ ids }: Model, real: Real) {
    const { place, instance } = real;
    await replaceLost(real, ids);
    const workflows = this.plan(instance, ids);
    if (workflows.length === 0) return;
    const runId = await prepareRun(place, workflows);
    const before = stateOf(instance);
    const met = await this.play(real, ids, runId);
    instance.recover();
    const { steps, outcome } = await readJournal(place, runId);
    const { status, problems } = outcome!;
    const after = stateOf(instance);
    const edited = new Map(met.map((edit) => [edit.id, edit]));

    for (const [id, edit] of edited) {
      const known = steps.filter(({ n8nId }) => n8nId === id);
      const states = known.flatMap((step) => [step.before, step.after, step.undo?.from ?? null, step.undo?.to ?? null]);
      // Who leaves a state that the run itself was to leave cannot be told from it; the round trip of a write is open.
      const isTold = !states.some((state) => sameTarget(state, edit.left)) && !isInRoundTrip(edit, known);
      if (isTold)
        expect(sameTarget(after.get(id) ?? null, edit.left), `${edit.kind} at ${edit.point} was kept`).toBe(true);
    }
    const untouched = [...before].filter(([id]) => !edited.has(id));
    if (status === 'failed' || status === 'rolled_back') {
      for (const [id, target] of untouched) expect(sameTarget(after.get(id)!, target)).toBe(true);
      if (edited.size === 0) expect(after.size).toBe(before.size);
    }
    if (status === 'completed') {
      for (const { key, desired } of workflows) {
        const { n8nId, remote } = outcome!.workflows.find((one) => one.key === key)!;
        if (desired && !edited.has(n8nId!))
          expect(remote!.document.nodes.at(-1)!.parameters).toEqual(desired.document.nodes.at(-1)!.parameters);
      }
    }
    if (status === 'needs_attention') {
      const foreign = problems.filter(({ code }) => code === 'changed_meanwhile').map(({ n8nId }) => n8nId!);
      expect(foreign.filter((id) => !edited.has(id))).toEqual([]);
      const failed = problems.filter(({ code }) => code === 'not_undone');
      expect(foreign.length + failed.length, JSON.stringify(problems)).toBeGreaterThan(0);
    }
  }

  private plan(instance: ScriptedInstance, ids: readonly string[]) {
    const version = `version ${++count}`;
    const planned = ids.flatMap((id, at) => {
      const remote = structuredClone(instance.workflows.get(id)!);
      const active = remote.published !== null;
      const document = callingDocument(remote.document.name, [], version);
      if (this.wishes[at] === 'change') return [changing(remote, document, active)];
      if (this.wishes[at] === 'switch') return [changing(remote, document, !active)];
      return this.wishes[at] === 'archive' ? [going(remote)] : [];
    });
    const made = this.makes ? [making(`z${count}`, callingDocument(`made ${count}`, [], version), true)] : [];
    const broken = callingDocument(`refused ${count}`, [], version);
    const refused = this.refused
      ? [making(`zz${count}`, { ...broken, nodes: broken.nodes.slice(1), connections: {} }, true)]
      : [];
    return [...planned, ...made, ...refused];
  }

  /** Runs to the end, through everything that comes between; the hand edits that happened. */
  private async play({ place, instance }: Real, ids: readonly string[], runId: string): Promise<Meeting[]> {
    const met: Meeting[] = [];
    let passed = 0;
    for (let attempt = 0; attempt < 30; attempt += 1) {
      let dead = false;
      const { promise: killed, resolve: kill } = Promise.withResolvers<null>();
      const interruption: Interruption = {
        isFrozen: () => dead,
        at: async (point, position) => {
          for (const one of this.interventions.filter((each) => each.at === passed)) {
            if (one.does === 'kill') dead = true;
            if (one.does === 'fail')
              instance.fail(one.method, new ProviderError('unavailable', 'Scripted.'), one.times);
            const edit = one.does === 'edit' ? editByHand(instance, ids[one.which]!, one.kind) : null;
            if (edit) met.push({ ...edit, point, position });
          }
          passed += 1;
          if (!dead) return;
          kill(null);
          await new Promise(() => undefined);
        },
      };
      const run = runIn(place, runId, { interruption, retryMs: [0, 0] }).catch((error) => {
        if (error instanceof ProviderError) return null;
        throw error;
      });
      if (await Promise.race([run, killed])) return met;
      await expireLease(place);
    }
    throw new Error('The run came to no end.');
  }
}

/** Between the last look and the write, or between the write and reading it back, of the step that was under way. */
function isInRoundTrip({ point, position }: Meeting, steps: readonly { position: number }[]): boolean {
  const isOpen = ['step.read', 'step.intended', 'step.written', 'undo.read', 'undo.intended', 'undo.written'].includes(
    point,
  );
  return isOpen && steps.some((step) => step.position === position);
}

const stateOf = (instance: ScriptedInstance): Map<string, Target> =>
  new Map([...instance.workflows].map(([id, remote]) => [id, targetOf(remote)]));

/** What is gone or archived makes room for a new one. */
async function replaceLost({ instance }: Real, ids: string[]): Promise<void> {
  for (const [at, id] of ids.entries()) {
    const remote = instance.workflows.get(id);
    if (remote && !remote.archived) continue;
    ids[at] = (await instance.provider.createWorkflow(callingDocument(`flow ${++count}`))).workflow.id;
    if (count % 2) await instance.provider.publishWorkflow(ids[at]!);
  }
}

describe.each([
  ['of today', modern],
  ['that puts every save live', legacy],
])('on an instance %s', (_, instance) => {
  let place: Place;
  beforeAll(async () => {
    const tenant = await newTenant(kernel);
    const environmentId = await connectEnvironment(kernel, tenant, instance);
    place = { kernel, tenantId: tenant.id, environmentId, provider: instance.provider };
  });

  it('whoever edits what, whatever dies or fails: a run ends, whole or taken back, and nobody’s edit is lost', async () => {
    const wish = fc.constantFrom<Wish>('change', 'change', 'switch', 'archive', 'leave');
    const commands = fc.commands(
      [
        fc.tuple(fc.nat(WORKFLOWS - 1), handEdit).map(([which, kind]) => new EditBetween(which, kind)),
        fc
          .tuple(
            fc.array(wish, { minLength: WORKFLOWS, maxLength: WORKFLOWS }),
            ...([fc.boolean(), fc.boolean()] as const),
            fc.array(intervention, { maxLength: 4 }),
          )
          .map((args) => new Promote(...args)),
      ],
      { maxCommands: 8 },
    );
    const property = fc.asyncProperty(commands, (list) =>
      fc.asyncModelRun(() => ({ model: { ids: Array(WORKFLOWS).fill('none') }, real: { place, instance } }), list),
    );
    await fc.assert(property, { numRuns: IS_FULL ? 200 : 10, endOnFailure: true });
  }, 1_200_000);
});
