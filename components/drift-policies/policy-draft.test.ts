import { expect, test } from 'vitest';
import { TEMPLATES } from '@/lib/features/drift/drift-policies/model';
import { change, isChanged, isOvertaken, NO_CHANGES, shownOf, whyNot } from './policy-draft';
import { valueInWords } from './policy-words';

const saved = { ...TEMPLATES.standard.policy, template: 'standard' as const, version: 3, updatedAt: null };

test('what was typed stays when somebody else saves, and is known to be overtaken', () => {
  const draft = change(NO_CHANGES, saved, { criticalHours: 12 });
  const theirs = { ...saved, highHours: 36, version: 4 };
  expect(isOvertaken(draft, saved)).toBe(false);
  expect(isOvertaken(draft, theirs)).toBe(true);
  expect(shownOf(theirs, draft)).toMatchObject({ criticalHours: 12, highHours: 36 });
});

test('a value that is put back is no change, and an order of a list is none either', () => {
  const draft = change(NO_CHANGES, saved, { criticalHours: 12 });
  expect(isChanged(change(draft, saved, { criticalHours: saved.criticalHours }))).toBe(false);
  expect(isChanged(change(NO_CHANGES, saved, { incidentsIn: ['production', 'staging'] }))).toBe(false);
});

test('a policy that gives graver drift more time, or no number at all, is refused before it is sent', () => {
  expect(whyNot(saved)).toBeUndefined();
  expect(whyNot({ ...saved, criticalHours: 100 })).toContain('graver');
  expect(whyNot({ ...saved, checkDays: Number.NaN })).toBe('“Keeps checks” needs a whole number.');
});

test('values are said as one would say them', () => {
  expect(valueInWords('checkIntervalSeconds', saved)).toBe('5 min');
  expect(valueInWords('highHours', saved)).toBe('2 days');
  expect(valueInWords('approvalFor', { ...saved, approvalFor: [] })).toBe('nothing');
  expect(valueInWords('checkDays', { ...saved, checkDays: 0 })).toBe('for ever');
});
