import { expect, test } from 'vitest';
import { TEMPLATES } from '../drift-policies/model';
import { actionsOf } from './actions';

const environment = { name: 'eu-main', class: 'production', forbidden: [] } as const;
const situation = {
  status: 'detected',
  openCount: 1,
  running: false,
  environment,
  role: 'admin',
  mayWrite: true,
  policy: TEMPLATES.standard.policy,
} as const;
const allowed = (change: Partial<Parameters<typeof actionsOf>[0]>) =>
  actionsOf({ ...situation, ...change })
    .filter((one) => one.allowed)
    .map(({ action }) => action);

test.each([
  ['an admin of production', {}, ['acknowledge', 'extend', 'revert', 'keep', 'replace', 'accept']],
  ['a developer of production', { role: 'developer' }, ['acknowledge', 'extend']],
  [
    'a developer of staging',
    { role: 'developer', environment: { ...environment, class: 'staging' } },
    ['acknowledge', 'extend', 'revert', 'keep', 'replace', 'accept'],
  ],
  ['a viewer', { role: 'viewer', mayWrite: false }, []],
  ['acknowledged', { status: 'acknowledged' }, ['stabilize', 'extend', 'revert', 'keep', 'replace', 'accept']],
  ['while a resolution runs', { running: true }, ['acknowledge', 'extend']],
  ['reconciled', { status: 'reconciled' }, ['extend']],
  ['closed', { status: 'closed' }, []],
  [
    'where the environment forbids it',
    { environment: { ...environment, forbidden: ['revert'] } },
    ['acknowledge', 'extend', 'keep', 'accept'],
  ],
] as const)('%s: what may be done is exactly this', (_who, change, actions) => {
  expect(allowed(change as never)).toEqual(actions);
});

test('every refusal says why and what would allow it', () => {
  for (const status of ['reconciled', 'closed'] as const) {
    for (const { allowed: may, detail, allowedBy } of actionsOf({ ...situation, status })) {
      expect([may, Boolean(detail && allowedBy)]).toEqual([may, !may]);
    }
  }
});

test('what takes a second person follows the policy', () => {
  const asking = (template: keyof typeof TEMPLATES) =>
    actionsOf({ ...situation, policy: TEMPLATES[template].policy })
      .filter(({ needsApproval }) => needsApproval)
      .map(({ action }) => action);
  expect(asking('relaxed')).toEqual([]);
  expect(asking('standard')).toEqual(['extend']);
  expect(asking('strict')).toEqual(['acknowledge', 'extend', 'revert', 'keep', 'replace', 'accept']);
});
