import { describe, expect, it } from 'vitest';
import type { RunStep, StepStatus } from '@/lib/features/change/journal/schema';
import { segmentsOf, settledSteps, shownPath, stagesOf, tellStep } from './run-words';

const step = (status: StepStatus, more: Partial<RunStep> = {}): RunStep => ({
  position: 1,
  key: 'a',
  name: 'Order intake',
  action: 'update',
  method: 'PUT',
  path: '/workflows/1',
  precondition: 'As planned.',
  reversible: true,
  interruption: 'none',
  status,
  n8nId: '1',
  attempts: 1,
  problem: null,
  notes: [],
  intendedAt: null,
  appliedAt: null,
  undoneAt: null,
  ...more,
});

describe('a step of a journal', () => {
  it('is never called done before it is applied', () => {
    expect(tellStep(step('planned'), 'running')).toMatchObject({ kind: 'wait', said: 'not yet' });
    expect(tellStep(step('intended'), 'running')).toMatchObject({ kind: 'run', said: 'now' });
    expect(tellStep(step('applied'), 'running')).toMatchObject({ kind: 'ok', words: 'draft written and read back' });
  });

  it('is unknown, not running, once the run has stopped over it', () => {
    expect(tellStep(step('intended'), 'needs_attention')).toMatchObject({ kind: 'unknown', said: 'not known' });
    expect(tellStep(step('planned'), 'rolled_back').said).toBe('never begun');
  });

  it('says that something was remarkable about it', () => {
    expect(tellStep(step('applied', { notes: ['It answered 502.'] }), 'completed').kind).toBe('warn');
  });

  it('that somebody else edited is left, and loud', () => {
    expect(tellStep(step('left'), 'needs_attention')).toMatchObject({ kind: 'warn', said: 'left as it is' });
  });
});

describe('the path of a call', () => {
  it('names a workflow that is still to be made by no id of ours', () => {
    const path = '/workflows/n8nops-new-01a208a4-2a6e/publish';
    expect(shownPath(path, null)).toBe('/workflows/{new id}/publish');
    expect(shownPath(path, 'Zk81pA')).toBe('/workflows/Zk81pA/publish');
    expect(shownPath('/workflows/1/tags', '1')).toBe('/workflows/1/tags');
  });
});

describe('how far a run is', () => {
  const steps = [step('applied'), step('skipped'), step('intended'), step('planned')];

  it('counts what is settled', () => {
    expect(settledSteps({ steps })).toBe(2);
    expect(segmentsOf({ steps })).toEqual(['done', 'done', 'running', 'waiting']);
  });

  it('is verified only when it completed', () => {
    const verified = (status: Parameters<typeof stagesOf>[0]) => stagesOf(status).at(-1)?.state;
    expect(verified('completed')).toBe('done');
    for (const status of ['running', 'rolled_back', 'failed', 'needs_attention'] as const)
      expect(verified(status)).toBe('waiting');
  });
});
