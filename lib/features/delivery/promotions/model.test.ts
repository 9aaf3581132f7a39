import { expect, it } from 'vitest';
import { expiryOf, needsAdmin, refusalToDecide, statusOf } from './model';

const standing = { problems: [], requireApproval: true, isApproved: false, scheduledAt: null };

it('blocking problems come first, then approval, then the schedule', () => {
  const later = new Date('2030-01-01T00:00:00Z');
  const blocking = [{ severity: 'blocking' as const }];
  expect(statusOf({ ...standing, problems: blocking, isApproved: true })).toBe('pending');
  expect(statusOf({ ...standing, problems: [{ severity: 'warning' }] })).toBe('pending_approval');
  expect(statusOf({ ...standing, isApproved: true })).toBe('approved');
  expect(statusOf({ ...standing, requireApproval: false })).toBe('approved');
  expect(statusOf({ ...standing, isApproved: true, scheduledAt: later })).toBe('scheduled');
});

it.each([
  ['another admin', {}, null],
  ['a stranger to the stage', { mayDecide: false }, /Only an admin/],
  ['who chose what the plan does', { isShaper: true, allowSelfApproval: true }, /You chose/],
  ['the initiator among others', { isInitiator: true, allowSelfApproval: true }, /Nobody approves their own/],
  ['the only member, where the stage forbids it', { isInitiator: true, isOnlyMember: true }, /does not allow/],
  [
    'the only member, where the stage allows it',
    { isInitiator: true, isOnlyMember: true, allowSelfApproval: true },
    null,
  ],
] as const)('%s', (_, who, refusal) => {
  const nobody = { isInitiator: false, isShaper: false, isOnlyMember: false };
  const decider = { mayDecide: true, allowSelfApproval: false, ...nobody };
  const answer = refusalToDecide({ ...decider, ...who });
  if (refusal) expect(answer).toMatch(refusal);
  else expect(answer).toBeNull();
});

it('production without an approval takes an admin, and nothing else does', () => {
  expect(needsAdmin({ requireApproval: false, target: { class: 'production' } })).toBe(true);
  expect(needsAdmin({ requireApproval: true, target: { class: 'production' } })).toBe(false);
  expect(needsAdmin({ requireApproval: false, target: { class: 'staging' } })).toBe(false);
});

it('a schedule is valid for its grace, a plan without one for a week', () => {
  const now = new Date('2030-01-01T00:00:00Z');
  const scheduledAt = new Date('2030-01-02T00:00:00Z');
  expect(expiryOf({ now, scheduledAt, graceSeconds: 900 }).toISOString()).toBe('2030-01-02T00:15:00.000Z');
  expect(expiryOf({ now, scheduledAt: null, graceSeconds: 900 }).toISOString()).toBe('2030-01-08T00:00:00.000Z');
});
