import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffWorkflows } from '../diff/diff-workflows';
import { holds } from '../fixtures/property';
import { workflowOf } from '../fixtures/workflow-of';
import type { Json } from '../model';
import { applyOverrides, type ParameterOverride, reverseOverrides } from './overrides';

const http = (url: string, timeout = 10) => ({
  name: 'Call',
  type: 'n8n-nodes-base.httpRequest',
  parameters: { url, options: { timeout } },
});
const urlIs = (value: Json, rest: Partial<ParameterOverride> = {}): ParameterOverride => ({
  node: 'Call',
  path: ['parameters', 'url'],
  type: 'text',
  value,
  ...rest,
});
const dev = workflowOf([http('https://dev.test')]);

it('a declared difference vanishes from the diff, an undeclared one beside it does not', () => {
  const override = urlIs('https://prod.test');
  const { workflow: production, applied } = applyOverrides(dev, [override]);
  expect(applied).toEqual([override]);
  expect(diffWorkflows(dev, production)).toHaveLength(1);
  expect(diffWorkflows(dev, reverseOverrides(production, [override], dev).workflow)).toEqual([]);
  const edited = workflowOf([http('https://prod.test', 99)]);
  const residue = diffWorkflows(dev, reverseOverrides(edited, [override], dev).workflow);
  expect(residue).toMatchObject([{ path: ['parameters', 'options', 'timeout'] }]);
});

it('a value that is not the declared one stays, and is reported', () => {
  const drifted = workflowOf([http('https://somewhere.test')]);
  const result = reverseOverrides(drifted, [urlIs('https://prod.test')], dev);
  expect(result.workflow).toBe(drifted);
  expect(result.skipped).toMatchObject([{ reason: 'differs' }]);
});

it('an override that cannot be applied says why and changes nothing', () => {
  const twins = workflowOf([http('a'), { ...http('b'), id: 'other' }]);
  const reason = (override: ParameterOverride, workflow = dev) => {
    const result = applyOverrides(workflow, [override]);
    expect(result.workflow).toBe(workflow);
    return result.skipped[0]?.reason;
  };
  expect(reason(urlIs('x', { node: 'Nobody' }))).toBe('no-such-node');
  expect(reason(urlIs('x', { path: ['parameters', 'no', 'url'] }))).toBe('no-such-path');
  expect(reason(urlIs('x', { path: ['name'] }))).toBe('no-such-path');
  for (const [value, type] of [
    [1, 'text'],
    ['=x', 'text'],
    ['x', 'expression'],
    ['1', 'number'],
    ['x', 'json'],
  ] as const) {
    expect(reason(urlIs(value, { type }))).toBe('wrong-type');
  }
  expect(reason(urlIs('x'), twins)).toBe('ambiguous-node');
});

it('applied and reversed, any overrides leave the workflow as it was', () => {
  const override = fc.record({
    node: fc.constant('Call'),
    path: fc.constantFrom(['parameters', 'url'], ['parameters', 'options', 'timeout'], ['parameters', 'fresh']),
    type: fc.constant('number' as const),
    value: fc.integer({ min: 100 }),
  });
  holds(
    fc.property(fc.uniqueArray(override, { selector: ({ path }) => path.join() }), (overrides) => {
      const { workflow, skipped } = applyOverrides(dev, overrides);
      expect(skipped).toEqual([]);
      expect(reverseOverrides(workflow, overrides, dev).workflow).toEqual(dev);
    }),
  );
});
