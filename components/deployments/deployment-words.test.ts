import { describe, expect, it } from 'vitest';
import { DEPLOYMENT_STATUSES } from '@/lib/features/delivery/deployments/model';
import type { Deployment } from '@/lib/features/delivery/deployments/schema';
import { deploymentRecord } from './deployment-record';
import { DEPLOYMENT_WORDS, runOf } from './deployment-words';

const environment = { id: 'e', name: 'eu', slug: 'eu', class: 'production' as const };
const deployment = (more: Partial<Deployment>): Deployment => ({
  ...{ id: 'd', kind: 'promotion', status: 'completed', promotionId: null, pipelineId: null, stageId: null },
  ...{ rollbackOfId: null, rollbackId: null, sourceEnvironmentId: null, targetEnvironmentId: 'e' },
  route: { pipelineName: 'Shop', source: environment, target: environment },
  ...{ workflowCount: 0, problemCount: 0, actor: { type: 'user', id: null, label: 'TL' } },
  ...{ startedAt: null, finishedAt: null, createdAt: '2026-11-24T10:00:00.000Z', planDigest: 'abc' },
  ...{ steps: [], workflows: [], problems: [], jobId: null, commitSha: null, snapshots: [] },
  stopAsked: null,
  can: { rollback: { allowed: false, reason: 'No.' }, stop: { allowed: false, reason: 'No.' } },
  ...more,
});

describe('a deployment', () => {
  it('is called good only when it was verified', () => {
    const good = DEPLOYMENT_STATUSES.filter((status) => DEPLOYMENT_WORDS[status].kind === 'ok');
    expect(good).toEqual(['completed']);
  });

  it('that is only planned has not begun', () => {
    expect(runOf(deployment({ status: 'planned' })).status).toBe('pending');
  });
});

describe('what surrounds the steps in the journal', () => {
  it('is not claimed before it happened', () => {
    const { before, after } = deploymentRecord(deployment({ status: 'pending' }));
    expect(before).toEqual([]);
    expect(after).toMatchObject([{ kind: 'wait', said: 'not yet' }]);
  });

  it('is a commit once the approved state has moved', () => {
    const startedAt = '2026-11-24T10:00:00.000Z';
    const { before, after } = deploymentRecord(deployment({ startedAt, finishedAt: startedAt, commitSha: 'c4d0' }));
    expect(before).toMatchObject([{ kind: 'ok' }]);
    expect(after).toMatchObject([{ kind: 'ok', said: 'done' }]);
  });

  it('leaves out what never follows a run that was not verified', () => {
    for (const status of ['compensating', 'failed', 'rolled_back', 'needs_attention'] as const)
      expect(deploymentRecord(deployment({ status })).after, status).toEqual([]);
  });
});
