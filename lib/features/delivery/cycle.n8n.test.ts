import fc from 'fast-check';
import { afterAll, describe, inject, it } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { IS_FULL, SEED } from '@/lib/testing/sample';
import { DRIFTING } from './cycle-commands.fixture';
import { CycleModel } from './cycle-model.fixture';
import { PROMOTING } from './cycle-promoting.fixture';
import { CycleWorld, ProductCalls } from './cycle-world.fixture';

const egress = createEgress({ mode: 'private' });
const calls = new ProductCalls(n8nProvider({ egress }));
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', calls.kind]]) } });
afterAll(async () => {
  await closeHouse(kernel);
  await egress.close();
});

type Line = '1.x' | '2.x';

describe.each([
  ['1.x', '2.x'],
  ['2.x', '1.x'],
] as [Line, Line][])('from a real n8n %s into a real n8n %s', (from, to) => {
  it('whatever is promoted, approved, edited, checked, resolved and rolled back: all that is claimed is so', async () => {
    const bare = calls.bare.connect(inject('n8n')[to]);
    const probe = await bare.probe();
    if (!probe.ok) throw new Error(probe.problem.detail);
    const { capabilities } = probe.report;
    const line = {
      calleesFirst: to === '2.x',
      drafts: capabilities['workflows.draftOnly'].works,
      archives: capabilities['workflows.archive'].works,
    };
    const worlds: CycleWorld[] = [];
    const open = async () => {
      const real = await CycleWorld.open(kernel, { calls, dev: inject('n8n')[from], production: inject('n8n')[to] });
      worlds.push(real);
      return { model: new CycleModel(line), real };
    };
    const sequences = fc.commands([...PROMOTING, ...DRIFTING], { maxCommands: 12, size: 'max' });
    const property = fc
      .asyncProperty(sequences, (steps) => fc.asyncModelRun(open, steps))
      .afterEach(async () => {
        for (const world of worlds.splice(0)) await world.close();
      });
    console.info(`N8NOPS_TEST_SEED=${SEED}`);
    await fc.assert(property, { seed: SEED, numRuns: IS_FULL ? 5 : 1, endOnFailure: true });
  }, 3_600_000);
});
