import { expect, it } from 'vitest';
import type { FieldError, Problem } from '@/lib/core/errors';
import { undrawnProblem } from './undrawn-problem';

const DRAWN = new Set(['name', 'stages.0.name']);
const problem = (detail: string, errors?: FieldError[]): Problem => ({
  ...{ type: '', title: '', status: 422, code: 'invalid', requestId: 'r' },
  ...{ detail, errors },
});

it('what names no field is said by the form', () => {
  const conflict = problem('Somebody changed it.');
  expect(undrawnProblem(conflict, DRAWN)).toBe(conflict);
});

it('what every drawn field says itself is not said twice', () => {
  expect(undrawnProblem(problem('name: Empty.', [{ path: 'name', message: 'Empty.' }]), DRAWN)).toBeNull();
});

it('what is wrong with a field that is not drawn is said by the form, never swallowed', () => {
  const path = 'stages.0.approverIds.1';
  const only = problem('They may not approve.', [{ path, message: 'They may not approve.' }]);
  expect(undrawnProblem(only, DRAWN)?.detail).toBe('They may not approve.');
  const both = problem('name: Empty.', [
    { path: 'name', message: 'Empty.' },
    { path, message: 'They may not approve.' },
  ]);
  expect(undrawnProblem(both, DRAWN)?.detail).toBe(`${path}: They may not approve.`);
});
