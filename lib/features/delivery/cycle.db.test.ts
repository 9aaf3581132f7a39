import fc from 'fast-check';
import { afterAll, describe, it } from 'vitest';
import type { Capability } from '@/lib/ports/provider-probe';
import { FakeInstance } from '@/lib/testing/fake-provider/instance';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { IS_FULL, SEED } from '@/lib/testing/sample';
import { DRIFTING } from './cycle-commands.fixture';
import { CycleModel } from './cycle-model.fixture';
import { PROMOTING } from './cycle-promoting.fixture';
import { CycleWorld, ProductCalls } from './cycle-world.fixture';
import { Instances } from './delivery.fixture';

const instances = new Instances();
const calls = new ProductCalls(instances.kind);
const kernel = openHouse({ ports: { providers: new Map([['n8n', calls.kind]]) } });
afterAll(() => closeHouse(kernel));

const connected = (without: Capability[]) => {
  const instance = new FakeInstance({ without });
  instances.all.push(instance);
  return instance;
};

describe.each([
  ['of today', []],
  [
    'that puts every save live and cannot archive',
    ['workflows.draftOnly', 'workflows.publishVersion', 'workflows.archive'],
  ],
] as [string, Capability[]][])('into an instance %s', (_, without) => {
  it('whatever is promoted, approved, edited, checked, resolved and rolled back: all that is claimed is so', async () => {
    const line = { calleesFirst: true, drafts: without.length === 0, archives: without.length === 0 };
    const open = async () => {
      const real = await CycleWorld.open(kernel, { calls, dev: connected([]), production: connected(without) });
      return { model: new CycleModel(line), real };
    };
    const sequences = fc.commands([...PROMOTING, ...DRIFTING], { maxCommands: 16, size: 'max' });
    const property = fc.asyncProperty(sequences, (steps) => fc.asyncModelRun(open, steps));
    console.info(`N8NOPS_TEST_SEED=${SEED}`);
    await fc.assert(property, { seed: SEED, numRuns: IS_FULL ? 100 : 5, endOnFailure: true });
  }, 7_200_000);
});
