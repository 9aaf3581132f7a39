import { expect, test } from 'vitest';
import type { PromotionSummary } from '@/lib/features/delivery/promotions/schema';
import type { DriftApproval } from '@/lib/features/drift/drift-approvals/schema';
import type { IncidentSummary } from '@/lib/features/drift/incidents/schema';
import type { Execution } from '@/lib/features/inventory/executions/schema';
import { waitsOf } from './waits-of';

const environment = { id: 'e1', name: 'eu-main', slug: 'eu-main', class: 'production' as const };
const incident = (id: string, dueAt: string, overdue = false) =>
  ({ id, title: id, environment, dueAt, overdue, severity: 'medium', status: 'detected' }) as IncidentSummary;
const promotion = {
  id: 'p1',
  workflowCount: 1,
  route: { target: environment },
  createdBy: { label: 'RS' },
  risk: 'low',
} as PromotionSummary;
const approval = (id: string, allowed: boolean) =>
  ({
    id,
    environment,
    action: 'resolve',
    request: { resolution: 'keep' },
    incident: { id: 'i1', title: 'Refund guard was edited' },
    requester: { label: 'TL' },
    can: { approve: { allowed }, reject: { allowed }, cancel: { allowed: true } },
  }) as DriftApproval;
const run = (id: string, workflowId: string) =>
  ({ id, environment, workflowId, workflowName: workflowId, mode: 'webhook', startedAt: null }) as Execution;

const nothing = { incidents: [], promotions: [], approvals: [], failedRuns: [] };

test('what is overdue comes first, then what is due soonest, then decisions, then failures', () => {
  const waits = waitsOf({
    incidents: [incident('later', '2026-11-26'), incident('soon', '2026-11-25'), incident('over', '2026-11-27', true)],
    promotions: [promotion],
    approvals: [approval('a1', true)],
    failedRuns: [run('r1', 'Invoice OCR')],
  });
  expect(waits.map(({ key }) => key)).toEqual(['over', 'soon', 'later', 'p1', 'a1', 'e1 Invoice OCR']);
  expect(waits[0]?.kind).toBe('bad');
});

test('what somebody else has to decide does not wait for whoever looks', () => {
  expect(waitsOf({ ...nothing, approvals: [approval('mine', false)] })).toEqual([]);
});

test('a workflow that fails again and again is one line with its count', () => {
  const waits = waitsOf({ ...nothing, failedRuns: [run('r3', 'OCR'), run('r2', 'OCR'), run('r1', 'Other')] });
  expect(waits.map(({ title, path }) => [title, path])).toEqual([
    ['OCR failed 2 times', '/executions?status=error&workflowId=OCR'],
    ['Other failed', '/executions/r1'],
  ]);
});
