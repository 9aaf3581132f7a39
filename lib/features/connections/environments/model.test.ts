import { expect, test } from 'vitest';
import { ROLE_PERMISSIONS, ROLES } from '@/lib/core/permissions';
import { decide, decideAll, ENVIRONMENT_CLASSES, type EnvironmentClass, GUARDED_ACTIONS, roleOf } from './model';

const environment = (tier: EnvironmentClass, forbidden: (typeof GUARDED_ACTIONS)[number][] = []) => ({
  name: 'lab',
  class: tier,
  forbidden,
});
const may = (
  action: (typeof GUARDED_ACTIONS)[number],
  tier: EnvironmentClass,
  role: 'viewer' | 'developer' | 'admin',
) => decide(action, environment(tier), role).allowed;

/** The least role, or nobody, in dev, staging and production. `!`: with a reason. */
// biome-ignore format: one action a line
const TABLE: Record<(typeof GUARDED_ACTIONS)[number], string> = {
  view:         'viewer viewer viewer',
  refresh:      'developer developer developer',
  compare:      'developer developer developer',
  snapshot:     'developer developer developer',
  driftCheck:   'developer developer developer',
  promoteFrom:  'developer developer nobody',
  promoteTo:    'nobody developer developer',
  saveApproved: 'developer nobody nobody',
  upload:       'developer nobody nobody',
  edit:         'developer nobody nobody',
  archive:      'developer nobody nobody',
  delete:       'admin nobody nobody',
  activate:     'developer admin! admin!',
  deactivate:   'developer admin! admin!',
  tag:          'developer admin! admin!',
  restore:      'developer developer admin',
  revert:       'nobody developer admin',
  keepHotfix:   'nobody developer admin',
  adopt:        'nobody developer admin',
  acceptDrift:  'nobody developer admin',
};

test.each(Object.entries(TABLE))('%s: who may in dev, staging and production', (name, cells) => {
  const action = name as (typeof GUARDED_ACTIONS)[number];
  const found = ENVIRONMENT_CLASSES.map((tier) => {
    const least = ROLES.find((role) => may(action, tier, role));
    const { needsReason } = decide(action, environment(tier), 'admin');
    return `${least ?? 'nobody'}${needsReason ? '!' : ''}`;
  });
  expect(found.join(' ')).toBe(cells);
});

test('a viewer may look, and nothing else, anywhere', () => {
  for (const tier of ENVIRONMENT_CLASSES) {
    const allowed = decideAll(environment(tier), 'viewer').filter((one) => one.allowed);
    expect(allowed.map(({ action }) => action)).toEqual(['view']);
  }
});

test('workflows are changed in dev alone, whoever asks', () => {
  for (const action of ['upload', 'edit', 'archive', 'delete'] as const) {
    expect(may(action, 'dev', 'admin')).toBe(true);
    expect(may(action, 'staging', 'admin')).toBe(false);
    expect(may(action, 'production', 'admin')).toBe(false);
  }
  expect(may('delete', 'dev', 'developer')).toBe(false);
});

test('switching and tagging outside of dev takes an admin and a reason', () => {
  for (const action of ['activate', 'deactivate', 'tag'] as const) {
    expect(decide(action, environment('dev'), 'developer')).toMatchObject({ allowed: true, needsReason: false });
    for (const tier of ['staging', 'production'] as const) {
      expect(may(action, tier, 'developer')).toBe(false);
      expect(decide(action, environment(tier), 'admin')).toMatchObject({ allowed: true, needsReason: true });
    }
  }
});

test('every refusal says which rule it is and what would allow it', () => {
  for (const tier of ENVIRONMENT_CLASSES) {
    for (const role of ['viewer', 'developer', 'admin'] as const) {
      for (const decision of decideAll(environment(tier), role)) {
        if (decision.allowed) expect(decision).toMatchObject({ rule: null, detail: null, allowedBy: null });
        else expect([decision.rule, decision.detail, decision.allowedBy].every(Boolean)).toBe(true);
      }
    }
  }
});

test('a policy can only tighten: it never allows what the class does not', () => {
  expect(decide('activate', environment('dev', ['activate']), 'admin')).toMatchObject({ rule: 'environment_policy' });
  const forbidden = decideAll(environment('production', [...GUARDED_ACTIONS]), 'admin');
  expect(forbidden.some(({ allowed }) => allowed)).toBe(false);
});

test('a more powerful role is never refused what a lesser one may do', () => {
  for (const tier of ENVIRONMENT_CLASSES) {
    for (const action of GUARDED_ACTIONS) {
      if (may(action, tier, 'developer')) expect(may(action, tier, 'admin')).toBe(true);
      if (may(action, tier, 'viewer')) expect(may(action, tier, 'developer')).toBe(true);
    }
  }
});

test('a key counts as the highest role whose workflow permissions it holds', () => {
  const key = (...permissions: string[]) => roleOf({ permissions: new Set(permissions) });
  expect(key('workflow:read', 'audit:read')).toBe('viewer');
  expect(key('workflow:read', 'workflow:write')).toBe('developer');
  expect(key(...ROLE_PERMISSIONS.admin)).toBe('admin');
  expect(key()).toBe('viewer');
});
