import { describe, expect, it } from 'vitest';
import { compareWorkflows } from '@/components/patterns/workflow-diff/compare-workflows';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { runningDocument, withState } from './running-document';

const node = (url: string) => ({
  id: 'a',
  name: 'Fetch',
  type: 'n8n-nodes-base.httpRequest',
  typeVersion: 4,
  position: [0, 0],
  parameters: { url },
});
const body = (url: string) => ({ name: 'Orders', nodes: [node(url)], connections: {}, settings: {} });
const workflow = (published: unknown) =>
  ({ draft: body('draft'), published, active: true, archived: false, tags: ['shop'] }) as unknown as WorkflowDetail;

describe('what runs', () => {
  it('is the published graph, and the draft where nothing else runs', () => {
    expect(runningDocument(workflow(body('live'))).nodes).toEqual([node('live')]);
    expect(runningDocument(workflow(null))).toEqual(body('draft'));
  });

  it('with its state is no different from the same workflow as git holds it', () => {
    const inGit = { ...body('draft'), active: true, tags: [{ name: 'shop' }] };
    expect(compareWorkflows(inGit, withState(runningDocument(workflow(null)), workflow(null)))).toMatchObject({
      groups: [],
    });
  });
});
