import { describe, expect, it } from 'vitest';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';
import { missingOf, railOf } from './missing';

const possible = { allowed: false, reason: 'Ask MK.' };
const environment = (name: string) => ({ id: name, name, slug: name, class: 'staging' as const });
const problem = (severity: 'blocking' | 'warning', code = 'credential_missing') => ({
  ...{ severity, code, name: 'Invoice OCR', workflowId: 'w', lineageId: 'l' },
  ...{ detail: 'It needs Mistral.', remedy: 'Bind it.' },
});

const promotion = (more: Partial<Promotion>): Promotion => ({
  id: 'p',
  pipelineId: 'x',
  stageId: 's',
  route: { pipelineName: 'Shop', source: environment('lab'), target: environment('eu') },
  sourceEnvironmentId: 'lab',
  targetEnvironmentId: 'eu',
  status: 'pending',
  workflowCount: 1,
  problemCount: 0,
  blockingCount: 0,
  risk: 'low',
  scheduledAt: null,
  expiresAt: '2026-12-01T00:00:00.000Z',
  createdBy: { type: 'user', id: null, label: 'AJ' },
  deploymentId: null,
  finishedAt: null,
  version: 1,
  createdAt: '2026-11-24T00:00:00.000Z',
  updatedAt: '2026-11-24T00:00:00.000Z',
  requireApproval: true,
  plan: null,
  problems: [],
  workflows: [],
  decisions: [],
  can: { approve: possible, reject: possible, execute: possible, cancel: possible, refresh: possible },
  ...more,
});
const approved = (counts: boolean): Promotion['decisions'] => [
  { verdict: 'approved', comment: null, actor: { type: 'user', id: null, label: 'MK' }, at: '', counts },
];

describe('what is missing before a promotion is applied', () => {
  it('names every blocking problem with its remedy, and the approval', () => {
    const { blocking } = missingOf(
      promotion({ problems: [problem('blocking'), problem('blocking', 'conflict')] }),
      null,
    );
    expect(blocking.map(({ title, says }) => [title, says])).toEqual([
      ['Invoice OCR: It needs Mistral.', 'Bind it.'],
      ['Invoice OCR: It needs Mistral.', 'Bind it.'],
      ['One approval', 'Ask MK.'],
    ]);
  });

  it('does not count what is only to be known', () => {
    const { blocking, toKnow } = missingOf(
      promotion({ status: 'pending_approval', problems: [problem('warning', 'dynamic_reference')] }),
      null,
    );
    expect(blocking.map(({ id }) => id)).toEqual(['approval']);
    expect(toKnow).toMatchObject([{ kind: 'unknown' }]);
  });

  it('has nothing left once the plan that stands is approved', () => {
    const { blocking, done } = missingOf(promotion({ status: 'approved', decisions: approved(true) }), null);
    expect(blocking).toEqual([]);
    expect(done).toContain('Approved by MK');
  });

  it('asks again when the approval was for another plan', () => {
    const { blocking } = missingOf(promotion({ status: 'pending_approval', decisions: approved(false) }), null);
    expect(blocking).toMatchObject([{ id: 'approval' }]);
  });

  it('is a hold on the stage too, and then that is not called done', () => {
    const closed = { title: 'The stage is on hold', says: 'Broken.' };
    const { blocking, done } = missingOf(promotion({ status: 'approved', requireApproval: false }), closed);
    expect(blocking).toMatchObject([closed]);
    expect(done).not.toContain('No hold on the stage');
  });

  it('does not claim that there is no hold while the stage is not known', () => {
    const { done } = missingOf(promotion({ status: 'approved', requireApproval: false }), undefined);
    expect(done).not.toContain('No hold on the stage');
    expect(missingOf(promotion({ status: 'approved', requireApproval: false }), null).done).toContain(
      'No hold on the stage',
    );
  });

  it('is nothing for one that is over', () => {
    expect(missingOf(promotion({ status: 'completed', problems: [problem('blocking')] }), null).blocking).toEqual([]);
  });
});

describe('the steps of a promotion', () => {
  const kinds = (more: Partial<Promotion>) =>
    Object.fromEntries(railOf(promotion(more)).map(({ anchor, kind }) => [anchor, kind]));

  it('stop at what is missing', () => {
    expect(kinds({ problems: [problem('blocking')] })).toMatchObject({
      readiness: 'warn',
      plan: 'wait',
      apply: 'wait',
    });
  });

  it('are done to the end only when the result was verified', () => {
    expect(kinds({ status: 'completed', decisions: approved(true) })).toMatchObject({ approval: 'ok', apply: 'ok' });
    for (const status of ['approved', 'scheduled', 'running', 'rolled_back', 'needs_attention', 'failed'] as const)
      expect(kinds({ status, decisions: approved(true) }).apply).not.toBe('ok');
  });

  it('say that nothing is to be written only where both sides are equal', () => {
    const note = (code: string) => railOf(promotion({ problems: [problem('blocking', code)] }))[3]?.note;
    expect(note('nothing_to_promote')).toBe('nothing to write');
    expect(note('conflict')).toBe('not yet');
  });

  it('say that an approval is void', () => {
    const approval = railOf(promotion({ status: 'pending_approval', decisions: approved(false) }))[4];
    expect(approval).toMatchObject({ note: 'void, asked again', kind: 'wait' });
  });
});
