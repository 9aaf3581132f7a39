import { expect, test } from 'vitest';
import { workflowStatus } from './model';

test('a workflow counts as planned only when what was written stands, whatever became of the others', () => {
  const attention = (['untouched', 'written', 'undone', 'left'] as const).map((result) =>
    workflowStatus('needs_attention', result, false),
  );
  expect(attention).toEqual(['untouched', 'succeeded', 'undone', 'needs_attention']);
  expect(workflowStatus('needs_attention', 'written', true)).toBe('needs_attention');
  expect(workflowStatus('rolled_back', 'untouched', true)).toBe('untouched');
  expect(workflowStatus('completed', 'untouched', false)).toBe('succeeded');
});
