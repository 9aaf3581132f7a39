import { expect, it } from 'vitest';
import type { Finding } from './run-checks';
import { suppressFindings } from './suppress';

const finding = (check: string, name: string | null): Finding => ({
  check,
  severity: 'warning',
  node: name === null ? null : { key: `key of ${name}`, name, type: 'n8n-nodes-base.webhook' },
  path: [],
  message: '',
  remedy: '',
});
const findings = [finding('a', 'one'), finding('a', 'two'), finding('b', null)];

it('a suppression covers one check in one node, or in the whole workflow, and keeps its reason', () => {
  const one = { check: 'a', node: 'one', reason: 'behind a gateway' };
  expect(suppressFindings(findings, [one])).toMatchObject({
    open: [findings[1], findings[2]],
    suppressed: [{ finding: findings[0], suppression: one }],
  });
  expect(suppressFindings(findings, [{ check: 'a', reason: 'known' }]).open).toEqual([findings[2]]);
  expect(suppressFindings(findings, [{ check: 'b', node: null, reason: 'known' }]).open).toHaveLength(2);
});

it('one without a reason is refused, one that meets nothing is reported', () => {
  const [silent, stale] = [
    { check: 'a', reason: '  ' },
    { check: 'c', reason: 'old' },
  ];
  const result = suppressFindings(findings, [silent, stale]);
  expect(result).toMatchObject({ open: findings, suppressed: [], unused: [stale], unreasoned: [silent] });
});
