import { expect, it } from 'vitest';
import { failureOf, type ProviderSubject, webhookDocument, withoutTrigger } from './subject';

/** Drafts and what runs are two things. */
export function testPublishing(subject: ProviderSubject): void {
  it('publishing puts the draft live, and unpublishing takes it down, twice over', async () => {
    const { id, versionId } = await subject.create(webhookDocument('Live'));
    for (let round = 0; round < 2; round++) {
      expect(await subject.provider.publishWorkflow(id)).toMatchObject({
        status: 'published',
        workflow: { published: { versionId } },
      });
    }
    for (let round = 0; round < 2; round++) {
      expect(await subject.provider.unpublishWorkflow(id)).toMatchObject({
        status: 'unpublished',
        workflow: { published: null },
      });
    }
  });

  it('a draft that nobody has seen is not published', async () => {
    const { id, versionId } = await subject.create(webhookDocument('Seen'));
    const { workflow } = await subject.provider.updateWorkflow(id, webhookDocument('Unseen'));
    expect(await failureOf(subject.provider.publishWorkflow(id, { draft: versionId! }))).toBe('conflict');
    expect((await subject.reread(id)).published).toBeNull();
    await subject.provider.publishWorkflow(id, { draft: workflow.versionId! });
    expect((await subject.reread(id)).published).toMatchObject({ versionId: workflow.versionId });
  });

  it('what cannot be published stays unpublished', async () => {
    const { id } = await subject.create(withoutTrigger(webhookDocument('No trigger')));
    expect(await failureOf(subject.provider.publishWorkflow(id))).toBe('content_rejected');
    expect((await subject.reread(id)).published).toBeNull();
  });

  it('an update of a published workflow follows, or keeps what runs where the version can', async () => {
    const { id } = await subject.create(webhookDocument('Following'));
    const first = (await subject.provider.publishWorkflow(id)).workflow;
    const followed = await subject.provider.updateWorkflow(id, webhookDocument('Followed'));
    expect(followed).toMatchObject({
      status: 'applied',
      workflow: { published: { versionId: followed.workflow.versionId } },
    });
    expect(followed.workflow.versionId).not.toBe(first.versionId);

    const keep = subject.provider.updateWorkflow(id, webhookDocument('Kept'), { published: 'keep' });
    if (!subject.can('workflows.draftOnly')) {
      expect(await failureOf(keep)).toBe('unsupported');
      expect((await subject.reread(id)).document.name).toBe('Followed');
      return;
    }
    expect(await keep).toMatchObject({
      status: 'applied',
      workflow: { published: { versionId: followed.workflow.versionId } },
    });
  });

  it('an update that cannot go live says what became of the running version', async () => {
    const { id, document } = await subject.create(webhookDocument('Breaking'));
    const { workflow: live } = await subject.provider.publishWorkflow(id);
    const outcome = await subject.provider.updateWorkflow(id, withoutTrigger(document));
    const after = await subject.reread(id);
    expect(after.document.nodes).toHaveLength(1);
    const seen =
      after.published === null
        ? 'unpublished'
        : after.published.versionId === live.versionId
          ? 'saved_only'
          : 'published_broken';
    expect(outcome).toMatchObject({ status: seen, problem: { failure: 'content_rejected' } });
  });

  it('an older version can be read and published again where the version keeps them', async () => {
    const created = await subject.create(webhookDocument('History'));
    await subject.provider.publishWorkflow(created.id);
    await subject.provider.updateWorkflow(created.id, webhookDocument('History'));
    const back = subject.provider.publishWorkflow(created.id, { versionId: created.versionId! });
    if (subject.can('workflows.publishVersion'))
      expect(await back).toMatchObject({ workflow: { published: { versionId: created.versionId } } });
    else expect(await failureOf(back)).toBe('unsupported');
    if (subject.can('workflows.history')) {
      const graph = await subject.provider.getWorkflowVersion(created.id, created.versionId!);
      expect(graph?.nodes.map((node) => node.id)).toEqual(created.document.nodes.map((node) => node.id));
    }
  });

  it('archiving works, or is said to be unsupported', async () => {
    const { id } = await subject.create(webhookDocument('Archive'));
    if (!subject.can('workflows.archive')) {
      expect(await failureOf(subject.provider.archiveWorkflow(id))).toBe('unsupported');
      return;
    }
    await subject.provider.publishWorkflow(id);
    expect(await subject.provider.archiveWorkflow(id)).toMatchObject({ archived: true, published: null });
    expect(await subject.provider.unarchiveWorkflow(id)).toMatchObject({ archived: false });
  });

  it('a published workflow is deleted, and deleting it again finds it gone', async () => {
    const { id } = await subject.create(webhookDocument('Doomed'));
    await subject.provider.publishWorkflow(id);
    expect(await subject.provider.deleteWorkflow(id)).toBe(true);
    expect(await subject.provider.getWorkflow(id)).toBeNull();
    expect(await subject.provider.deleteWorkflow(id)).toBe(false);
  });
}
