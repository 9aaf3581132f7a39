import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow, WorkflowGraph } from '@/lib/ports/remote-workflow';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import type { StepAction } from '../change-plans/schema';
import { crashWhen, killAt, readJournal } from './interruption.fixture';
import { connectEnvironment, kindOf, type Place, prepareRun, refusingScene, runIn, setScene } from './journal.fixture';
import { takesDownWhatFails } from './write-faults.fixture';

const modern = new ScriptedInstance();
const legacy = new ScriptedInstance({ without: ['workflows.draftOnly', 'workflows.publishVersion'] });
takesDownWhatFails(legacy);
const kernel = openHouse({ ports: { providers: new Map([['n8n', kindOf(modern, legacy)]]) } });
afterAll(() => closeHouse(kernel));

const unknownOutcome = () => new ProviderError('outcome_unknown', 'Scripted.');
const notPermitted = () => new ProviderError('not_permitted', 'Scripted.');

let count = 0;
const prefix = () => `unseen ${++count}`;
const textOf = ({ nodes }: WorkflowGraph) =>
  (nodes.find(({ name }) => name === 'Set')!.parameters as { text: string }).text;

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

  const positionOf = async (runId: string, name: string, action: StepAction) =>
    (await readJournal(place, runId)).steps.find((step) => step.name === name && step.action === action)!.position;
  const draftOf = (id: string) => instance.workflows.get(id)!.document;

  it('who takes a write back while its worker is dead has the last word, and is named', async () => {
    const { child, workflows } = await setScene(instance.provider, prefix());
    const runId = await prepareRun(place, workflows);
    const position = await positionOf(runId, child.document.name, 'update');
    await killAt(place, runId, { point: 'step.written', nth: position + 1 });
    expect(textOf(draftOf(child.id))).toBe('two');
    await instance.provider.updateWorkflow(child.id, child.document);
    const byHand = instance.workflows.get(child.id)!;
    const { status, problems } = await runIn(place, runId);
    expect({ status, problems }).toMatchObject({ status: 'rolled_back', problems: [{ n8nId: child.id }] });
    expect(instance.workflows.get(child.id)).toEqual(byHand);
  });

  it('who does a write again while the worker that took it back is dead has the last word, and is named', async () => {
    const { child, workflows } = await refusingScene(instance.provider, prefix());
    const runId = await prepareRun(place, workflows);
    const position = await positionOf(runId, child.document.name, 'update');
    let ours: RemoteWorkflow | undefined;
    await crashWhen(place, runId, (point, at) => {
      if (at === position && point === 'undo.intended') ours = structuredClone(instance.workflows.get(child.id)!);
      return at === position && point === 'undo.written';
    });
    expect(textOf(draftOf(child.id))).toBe('one');
    await instance.provider.updateWorkflow(child.id, ours!.document);
    const byHand = instance.workflows.get(child.id)!;
    const { status, problems } = await runIn(place, runId);
    expect(status).toBe('needs_attention');
    expect(problems.map(({ n8nId }) => n8nId)).toContain(child.id);
    expect(instance.workflows.get(child.id)).toEqual(byHand);
  });

  it('what was made and edited before its id was known is not made again, and is named', async () => {
    const name = prefix();
    const { workflows } = await setScene(instance.provider, name);
    const runId = await prepareRun(place, workflows);
    const before = new Set(instance.workflows.keys());
    await crashWhen(place, runId, (point) => point === 'step.written' && instance.workflows.size > before.size);
    const [made, ...others] = [...instance.workflows.keys()].filter((id) => !before.has(id));
    expect(others).toEqual([]);
    instance.edit(made!, callingDocument(`${name} made`, [], 'by hand'));
    const { status, problems } = await runIn(place, runId);
    expect(status).toBe('needs_attention');
    expect(problems).toMatchObject([{ code: 'ambiguous_creation', detail: expect.stringContaining(made!) }]);
    expect(instance.workflows.size).toBe(before.size + 1);
    expect(textOf(draftOf(made!))).toBe('by hand');
  });

  it('who switches a workflow on or off after the first look is not undone by its save, and is named', async () => {
    const { child, idle, workflows } = await setScene(instance.provider, prefix());
    const [{ id }, byHand] =
      instance === legacy
        ? [child, () => instance.provider.unpublishWorkflow(child.id)]
        : [idle, () => instance.provider.publishWorkflow(idle.id)];
    const runId = await prepareRun(place, workflows);
    const at = async (point: string) => {
      if (point === 'ids.known') await byHand();
    };
    const { status, problems } = await runIn(place, runId, { interruption: { at, isFrozen: () => false } });
    expect({ status, problems }).toMatchObject({
      status: 'rolled_back',
      problems: [{ code: 'target_changed', n8nId: id }],
    });
    const { published } = instance.workflows.get(id)!;
    if (instance === legacy) expect(published).toBeNull();
    else expect(textOf(published!)).toBe('one');
  });

  it('a draft that is saved between the last look and publishing does not go live', async () => {
    const { idle, workflows } = await setScene(instance.provider, prefix());
    const runId = await prepareRun(place, workflows);
    const position = await positionOf(runId, idle.document.name, 'publish');
    const at = async (point: string, passed?: number) => {
      if (point === 'step.intended' && passed === position)
        instance.edit(idle.id, callingDocument(idle.document.name, [], 'by hand'));
    };
    const { status, problems } = await runIn(place, runId, { interruption: { at, isFrozen: () => false } });
    expect(status).toBe('needs_attention');
    expect(problems.map(({ n8nId }) => n8nId)).toContain(idle.id);
    expect(instance.workflows.get(idle.id)!.published).toBeNull();
    expect(textOf(draftOf(idle.id))).toBe('by hand');
  });

  it('a creation that arrived twice is named also when everything is taken back', async () => {
    const { workflows } = await refusingScene(instance.provider, prefix());
    const runId = await prepareRun(place, workflows);
    const { createWorkflow } = instance.provider;
    instance.fail('createWorkflow', unknownOutcome());
    instance.provider.createWorkflow = async (...args) => {
      const outcome = await createWorkflow(...args);
      await createWorkflow(...args);
      return outcome;
    };
    const before = instance.workflows.size;
    const outcome = await runIn(place, runId).finally(() => Object.assign(instance.provider, { createWorkflow }));
    expect(outcome.status).toBe('needs_attention');
    expect(outcome.problems.map(({ code }) => code)).toContain('ambiguous_creation');
    expect(instance.workflows.size).toBe(before + 1);
  });

  it('a workflow that can no longer be read keeps no run from its end', async () => {
    const { child, workflows } = await setScene(instance.provider, prefix());
    const runId = await prepareRun(place, workflows);
    const { getWorkflow } = instance.provider;
    const hide = () =>
      Object.assign(instance.provider, {
        getWorkflow: (...args: Parameters<typeof getWorkflow>) =>
          args[0] === child.id ? Promise.reject(notPermitted()) : getWorkflow(...args),
      });
    await crashWhen(place, runId, (point) => point === 'verify.begun');
    hide();
    const outcome = await runIn(place, runId).finally(() => Object.assign(instance.provider, { getWorkflow }));
    expect(outcome.status).toBe('needs_attention');
    expect(outcome.problems).toMatchObject([{ code: 'outcome_unknown', n8nId: child.id }]);
  });
});

it('somebody who switches off what a dead worker had just saved finds it switched off', async () => {
  const tenant = await newTenant(kernel);
  const environmentId = await connectEnvironment(kernel, tenant, legacy);
  const place = { kernel, tenantId: tenant.id, environmentId, provider: legacy.provider };
  const { child, workflows } = await setScene(legacy.provider, prefix());
  const runId = await prepareRun(place, workflows);
  const { steps } = await readJournal(place, runId);
  const { position } = steps.find(({ n8nId, action }) => n8nId === child.id && action === 'update')!;
  await killAt(place, runId, { point: 'step.written', nth: position + 1 });
  await legacy.provider.unpublishWorkflow(child.id);
  const byHand = legacy.workflows.get(child.id)!;
  const { status, problems } = await runIn(place, runId);
  expect(status).toBe('needs_attention');
  expect(problems.map(({ n8nId }) => n8nId)).toContain(child.id);
  expect(legacy.workflows.get(child.id)).toEqual(byHand);
});
