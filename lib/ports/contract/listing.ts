import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { eventually, failureOf, type ProviderSubject, readAll, webhookDocument } from './subject';

/** Lists are whole, and what cannot be listed is said. */
export function testListing(subject: ProviderSubject): void {
  it('tags are subject.made once, replaced whole and listed', async () => {
    const { id } = await subject.create(webhookDocument('Tagged'));
    const label = `t-${randomUUID().slice(0, 8)}`;
    const tag = await subject.provider.createTag(label);
    expect(await failureOf(subject.provider.createTag(label))).toBe('conflict');
    expect(await subject.provider.setWorkflowTags(id, [tag.id])).toEqual([tag]);
    expect((await subject.reread(id)).tags).toEqual([tag]);
    expect(await subject.provider.listTags()).toContainEqual(tag);
    expect(await subject.provider.setWorkflowTags(id, [])).toEqual([]);
  });

  it('credentials are listed exactly where the probe said so', async () => {
    expect((await subject.provider.listCredentials()).supported).toBe(subject.can('credentials.list'));
  });

  it('users have an address and a role', async () => {
    const users = await subject.provider.listUsers();
    if (!users.supported) throw new Error(users.detail);
    expect(users.items[0]).toMatchObject({ email: expect.stringContaining('@'), pending: false });
  });

  it('a list gives every workflow once, over as many pages as it takes', async () => {
    for (let n = 0; n < 7; n++) await subject.create(webhookDocument(`Page ${n}`));
    const ids = new Set(subject.made);
    const { items, last } = await readAll(subject.provider.listWorkflows({ pageSize: 3 }));
    const seen = items.map(({ id }) => id);
    expect(new Set(seen).size).toBe(seen.length);
    expect(last).toMatchObject({ complete: true, seen: seen.length });
    for (const id of ids) if ((await subject.provider.getWorkflow(id)) !== null) expect(seen).toContain(id);
  });

  it('a list leaves out descriptions and pinned data, and says so; a workflow read by itself has what was taken', async () => {
    const told = { description: 'What it is for', pinData: { Receive: [{ json: { id: 1 } }] } };
    const { id } = await subject.create(webhookDocument('Described'));
    const { document } = await subject.reread(id);
    const { omitted } = await subject.provider.updateWorkflow(id, { ...document, ...told });
    const taken = Object.entries(told).filter(([field]) => !omitted.includes(field));
    const alone = await subject.reread(id);
    expect(alone).not.toHaveProperty('listed');
    expect(alone.document).toMatchObject(Object.fromEntries(taken));
    const { items } = await readAll(subject.provider.listWorkflows());
    const row = items.find((one) => one.id === id)!;
    expect(row).toMatchObject({ listed: true, updatedAt: alone.updatedAt, versionId: alone.versionId });
    for (const field of Object.keys(told)) expect(row.document).not.toHaveProperty(field);
    await subject.provider.updateWorkflow(id, document);
    expect((await subject.reread(id)).document).toMatchObject(Object.fromEntries(taken));
  });

  it('rows deleted between pages hide no other row', async () => {
    for (let n = 0; n < 12; n++) await subject.create(webhookDocument(`Shift ${n}`));
    const before = (await readAll(subject.provider.listWorkflows())).items.map(({ id }) => id);
    const doomed = before.filter((id) => subject.made.includes(id)).slice(0, 4);
    const seen = new Set<string>();
    let deleted = false;
    for await (const page of subject.provider.listWorkflows({ pageSize: 5 })) {
      for (const { id } of page.items) seen.add(id);
      if (!deleted) for (const id of doomed) await subject.provider.deleteWorkflow(id);
      deleted = true;
    }
    expect(before.filter((id) => !doomed.includes(id) && !seen.has(id))).toEqual([]);
  });

  it('a webhook is known to be registered without running it, and its run is found afterwards', async () => {
    const path = randomUUID();
    const { id } = await subject.create(webhookDocument('Hook', path));
    expect((await subject.provider.probeWebhook(path)).registered).toBe(false);
    await subject.provider.publishWorkflow(id);
    const probed = await eventually(
      () => subject.provider.probeWebhook(path),
      ({ registered }) => registered === true,
    );
    expect(probed).toEqual({ registered: true, methods: ['POST'] });
    expect((await readAll(subject.provider.listExecutions({ workflowId: id }))).items).toEqual([]);

    await subject.harness.trigger(path);
    const runs = () => readAll(subject.provider.listExecutions({ workflowId: id }));
    const { items } = await eventually(runs, (all) => all.items[0]?.status === 'success');
    expect(items).toMatchObject([{ workflowId: id, status: 'success', mode: 'webhook' }]);
    const detail = await subject.provider.getExecution(items[0]!.id, { includeData: true });
    expect(detail).toMatchObject({ id: items[0]!.id, workflowName: 'Hook', error: null });
    const { last } = await readAll(subject.provider.listExecutions({ afterId: items[0]!.id }));
    expect(last.complete).toBe(true);
  });

  it('a call that was given up rejects with the caller’s reason', async () => {
    const reason = new Error('given up');
    await expect(subject.provider.listTags({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(
      subject.provider.createWorkflow(webhookDocument('Never'), { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
}
