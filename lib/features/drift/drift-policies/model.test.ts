import { expect, test } from 'vitest';
import { dueAt, gravest, SEVERITIES, type Severity, TEMPLATES, templateOf } from './model';

const DETECTED = new Date('2026-03-01T12:00:00.000Z');
const hoursUntil = (policy: keyof typeof TEMPLATES, severity: Severity) =>
  (dueAt(TEMPLATES[policy].policy, severity, DETECTED).getTime() - DETECTED.getTime()) / 3_600_000;

test.each([
  ['standard', 'critical', 24],
  ['standard', 'high', 48],
  ['standard', 'medium', 72],
  ['standard', 'low', 168],
  ['strict', 'critical', 4],
  ['strict', 'low', 24],
  ['relaxed', 'critical', 72],
  ['relaxed', 'low', 168],
] as const)('under %s a %s incident is due after %i hours', (template, severity, hours) => {
  expect(hoursUntil(template, severity)).toBe(hours);
});

test('the graver an incident, the sooner it is due, in every template', () => {
  for (const template of Object.keys(TEMPLATES) as (keyof typeof TEMPLATES)[]) {
    const hours = SEVERITIES.map((severity) => hoursUntil(template, severity));
    expect(hours).toEqual(hours.toSorted((a, b) => b - a));
  }
});

test('only strict stops promotions at any drift, and relaxed never stops them', () => {
  const blocks = Object.entries(TEMPLATES).map(([key, { policy }]) => [
    key,
    policy.blockOnDrift,
    policy.blockOnExpired,
  ]);
  expect(blocks).toEqual([
    ['strict', true, true],
    ['standard', false, true],
    ['relaxed', false, false],
  ]);
});

test('a policy is a template until one value differs, whatever the order of its lists', () => {
  const { policy } = TEMPLATES.strict;
  expect(templateOf({ ...policy, approvalFor: policy.approvalFor.toReversed() })).toBe('strict');
  expect(templateOf({ ...policy, lowHours: policy.lowHours + 1 })).toBeNull();
});

test('many severities are as grave as the gravest, none as the least', () => {
  expect(gravest(['low', 'high', 'medium'])).toBe('high');
  expect(gravest([])).toBe('low');
});
