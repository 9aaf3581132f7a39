import { expect, it } from 'vitest';
import type { Precondition } from '../workflow-provider';
import { failureOf, type ProviderSubject, webhookDocument } from './subject';

/** What is written reads back, and what cannot be written is said. */
export function testWriting(subject: ProviderSubject): void {
  it('a good key is told what works and why the rest does not', () => {
    expect(subject.report.capabilities['workflows.read']).toEqual({ works: true });
    for (const support of Object.values(subject.report.capabilities)) {
      if (!support.works) expect(support.detail).not.toBe('');
    }
  });

  it('a wrong key is told apart from a wrong address', async () => {
    expect(await subject.harness.connect({ apiKey: 'wrong' }).probe()).toMatchObject({
      ok: false,
      problem: { failure: 'key_rejected', field: 'apiKey' },
    });
  });

  it('what was created reads back the same, unpublished', async () => {
    const document = webhookDocument('Created');
    const created = await subject.create(document);
    expect(created).toMatchObject({
      published: null,
      archived: false,
      document: { name: 'Created', nodes: document.nodes, connections: document.connections },
    });
    expect(await subject.reread(created.id)).toEqual(created);
  });

  it('what does not exist is null, and writing to it is not_found', async () => {
    for (const id of ['doesNotExist0001', '..', '../tags', 'a?b=c', '']) {
      expect(await subject.provider.getWorkflow(id)).toBeNull();
    }
    expect(await subject.provider.getExecution('999999999')).toBeNull();
    expect(await failureOf(subject.provider.updateWorkflow('doesNotExist0001', webhookDocument('Nothing')))).toBe(
      'not_found',
    );
    expect(await failureOf(subject.provider.publishWorkflow('doesNotExist0001'))).toBe('not_found');
    expect(await subject.provider.deleteWorkflow('doesNotExist0001')).toBe(false);
  });

  it('fields the version does not take are left out and named', async () => {
    const document = webhookDocument('Extra');
    document.nodes[1]!.color = '#fff';
    const outcome = await subject.provider.createWorkflow({
      ...document,
      settings: { executionOrder: 'v1', inventedOption: true },
    });
    subject.made.push(outcome.workflow.id);
    expect(outcome.omitted).toEqual(expect.arrayContaining(['nodes[1].color', 'settings.inventedOption']));
  });

  it('what would be left out is told beforehand, and what is told to stay is what stays', async () => {
    const odd = { ...webhookDocument('Fitted'), settings: { executionOrder: 'v1', noSuchSetting: true } };
    const { document, omitted } = await subject.provider.fitWorkflow(odd, { to: 'create' });
    expect(omitted).toEqual(['settings.noSuchSetting']);
    const { workflow } = await subject.create(odd).then(({ id }) => subject.provider.updateWorkflow(id, document));
    expect(workflow.document.settings).toMatchObject(document.settings);
  });

  it('a guard that throws keeps the write from being sent', async () => {
    const { id } = await subject.create(webhookDocument('Guarded'));
    const before = await subject.reread(id);
    const refusal = new Error('no longer ours');
    const beforeWrite = () => {
      throw refusal;
    };
    await expect(subject.provider.updateWorkflow(id, webhookDocument('Renamed'), { beforeWrite })).rejects.toBe(
      refusal,
    );
    await expect(subject.provider.publishWorkflow(id, { beforeWrite })).rejects.toBe(refusal);
    expect(await subject.reread(id)).toEqual(before);
  });

  it('an update is applied when the draft is what the caller saw', async () => {
    const before = await subject.create(webhookDocument('Before'));
    const document = { ...webhookDocument('After'), settings: { executionOrder: 'v1', timezone: 'Europe/Berlin' } };
    const outcome = await subject.provider.updateWorkflow(before.id, document, { expected: before });
    expect(outcome.status).toBe('applied');
    expect(await subject.reread(before.id)).toMatchObject({
      document: { name: 'After', nodes: document.nodes, settings: { timezone: 'Europe/Berlin' } },
    });
  });

  it('an update that expects another draft changes nothing', async () => {
    const before = await subject.create(webhookDocument('Contested'));
    await subject.provider.updateWorkflow(before.id, webhookDocument('Theirs'));
    const ours = subject.provider.updateWorkflow(before.id, webhookDocument('Ours'), { expected: before });
    expect(await failureOf(ours)).toBe('conflict');
    expect((await subject.reread(before.id)).document.name).toBe('Theirs');
  });

  it('an update that expects something else to run changes nothing, although the draft is what the caller saw', async () => {
    const { id } = await subject.create(webhookDocument('Switched'));
    const { workflow: running } = await subject.provider.publishWorkflow(id);
    const { workflow: stopped } = await subject.provider.unpublishWorkflow(id);
    const save = (expected: Precondition) => subject.provider.updateWorkflow(id, webhookDocument('Ours'), { expected });
    expect(await failureOf(save(running))).toBe('conflict');
    await subject.provider.publishWorkflow(id);
    expect(await failureOf(save(stopped))).toBe('conflict');
    expect((await subject.reread(id)).document.name).toBe('Switched');
  });

  it('settings that cannot be removed are named', async () => {
    const before = await subject.create({
      ...webhookDocument('Residual'),
      settings: { executionOrder: 'v1', timezone: 'Europe/Berlin' },
    });
    const outcome = await subject.provider.updateWorkflow(before.id, {
      ...before.document,
      settings: { executionOrder: 'v1' },
    });
    const remains = 'timezone' in (await subject.reread(before.id)).document.settings;
    expect(outcome.residual.includes('settings.timezone')).toBe(remains);
  });
}
