import { expect, test } from 'vitest';
import { TEMPLATES } from '../drift-policies/model';
import {
  blockRuleOf,
  canMove,
  combine,
  driftDigest,
  escalationOf,
  type Finding,
  INCIDENT_STATUSES,
  sourcesOf,
  titleOf,
} from './model';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const inHours = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const incident = (status: (typeof INCIDENT_STATUSES)[number], hours: number) => ({
  status,
  dueAt: inHours(hours),
  expiredAt: null,
  warnedAt: null,
});
const finding = (name: string, change: Partial<Finding> = {}): Finding => ({
  key: name,
  workflowId: null,
  n8nId: name,
  name,
  driftClass: 'edited',
  classes: ['edited'],
  severity: 'low',
  fingerprint: name,
  sentences: [],
  reasons: [],
  ...change,
});

test('exactly the declared moves are legal', () => {
  const legal = INCIDENT_STATUSES.flatMap((from) =>
    INCIDENT_STATUSES.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`),
  );
  expect(legal).toEqual([
    'detected → acknowledged',
    'detected → reconciled',
    'detected → closed',
    'acknowledged → stabilized',
    'acknowledged → reconciled',
    'acknowledged → closed',
    'stabilized → reconciled',
    'stabilized → closed',
    'reconciled → detected',
    'reconciled → closed',
  ]);
});

test('nothing leaves closed, and every status but detected is reached from somewhere', () => {
  for (const to of INCIDENT_STATUSES) expect(sourcesOf(to)).not.toContain('closed');
  expect(INCIDENT_STATUSES.filter((to) => sourcesOf(to).length === 0)).toEqual([]);
});

test('a digest of drift does not depend on order, and moves with any of its parts', () => {
  const [a, b] = [finding('a'), finding('b')];
  expect(driftDigest([a, b])).toBe(driftDigest([b, a]));
  expect(driftDigest([a, b])).not.toBe(driftDigest([a]));
  for (const change of [
    { fingerprint: 'moved' },
    { classes: ['tags' as const] },
    { sentences: ['Another part of it'] },
  ]) {
    expect(driftDigest([a, b])).not.toBe(driftDigest([a, { ...b, ...change }]));
  }
});

test('the title names the gravest workflow and counts the rest', () => {
  const grave = finding('Orders', { severity: 'critical', driftClass: 'deleted' });
  expect(titleOf([finding('a'), grave], 'eu-main')).toBe('Orders was deleted in eu-main, and one more differs');
  expect(titleOf([grave], 'eu-main')).toBe('Orders was deleted in eu-main');
});

test.each([
  ['detected', 30, null],
  ['detected', 24, 'warned'],
  ['acknowledged', 0, 'expired'],
  ['reconciled', -1, 'expired'],
  ['closed', -1, null],
] as const)('%s and due in %i hours: time makes of it %s', (status, hours, expected) => {
  expect(escalationOf(incident(status, hours), TEMPLATES.standard.policy, NOW)).toBe(expected);
});

test('a warning and an expiry come once', () => {
  const { policy } = TEMPLATES.standard;
  expect(escalationOf({ ...incident('detected', 1), warnedAt: NOW }, policy, NOW)).toBeNull();
  expect(escalationOf({ ...incident('detected', -1), expiredAt: NOW }, policy, NOW)).toBeNull();
});

test.each([
  ['relaxed', 'detected', -1, null],
  ['standard', 'detected', 1, null],
  ['standard', 'stabilized', -1, 'drift_expired'],
  ['strict', 'detected', 1, 'drift_open'],
  ['strict', 'detected', -1, 'drift_expired'],
  ['strict', 'reconciled', -1, null],
  ['strict', 'closed', -1, null],
] as const)('under %s a %s incident that is due in %i hours blocks as %s', (template, status, hours, rule) => {
  expect(blockRuleOf(incident(status, hours), TEMPLATES[template].policy, NOW)).toBe(rule);
});

test('parts that were resolved in different ways make a mixed resolution', () => {
  expect(combine(null, 'revert')).toBe('revert');
  expect(combine('revert', 'revert')).toBe('revert');
  expect(combine('revert', 'keep')).toBe('mixed');
});
