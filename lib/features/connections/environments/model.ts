import { ROLE_PERMISSIONS, ROLES, type Role } from '@/lib/core/permissions';

export const ENVIRONMENT_CLASSES = ['dev', 'staging', 'production'] as const;
export type EnvironmentClass = (typeof ENVIRONMENT_CLASSES)[number];

/** Who may, and whether it takes a reason that is recorded. */
type Grant = { role: Role; reason?: true };
/** Nobody may, with the way round. */
type Refusal = { never: string };
type Rule = Grant | Refusal;

const viewer: Grant = { role: 'viewer' };
const developer: Grant = { role: 'developer' };
const admin: Grant = { role: 'admin' };
const adminWithReason: Grant = { role: 'admin', reason: true };
const never = (instead: string): Refusal => ({ never: instead });

const THROUGH_PROMOTION = never('Make the change in dev and promote it.');
const ADOPT = never('Adopt what runs there, or keep a hotfix: both record it as approved.');

/**
 * The action guard: what may be done to an environment, by its class alone. A tenant's policy can only tighten it.
 * The same table answers the API, the pages, and every write.
 */
// biome-ignore format: one action a line
const GUARD = {
  view:          { dev: viewer, staging: viewer, production: viewer },
  refresh:       { dev: developer, staging: developer, production: developer },
  compare:       { dev: developer, staging: developer, production: developer },
  snapshot:      { dev: developer, staging: developer, production: developer },
  driftCheck:    { dev: developer, staging: developer, production: developer },
  promoteFrom:   { dev: developer, staging: developer, production: never('Promote from dev or staging; production is an end.') },
  promoteTo:     { dev: never('Dev is where changes begin; edit it directly.'), staging: developer, production: developer },
  saveApproved:  { dev: developer, staging: ADOPT, production: ADOPT },
  upload:        { dev: developer, staging: THROUGH_PROMOTION, production: THROUGH_PROMOTION },
  edit:          { dev: developer, staging: THROUGH_PROMOTION, production: THROUGH_PROMOTION },
  archive:       { dev: developer, staging: THROUGH_PROMOTION, production: THROUGH_PROMOTION },
  delete:        { dev: admin, staging: THROUGH_PROMOTION, production: THROUGH_PROMOTION },
  activate:      { dev: developer, staging: adminWithReason, production: adminWithReason },
  deactivate:    { dev: developer, staging: adminWithReason, production: adminWithReason },
  tag:           { dev: developer, staging: adminWithReason, production: adminWithReason },
  restore:       { dev: developer, staging: developer, production: admin },
  revert:        { dev: never('Dev has nothing approved to go back to; restore a snapshot.'), staging: developer, production: admin },
  keepHotfix:    { dev: never('Dev has no hotfixes: save it as approved.'), staging: developer, production: admin },
  adopt:         { dev: never('Save dev as approved instead.'), staging: developer, production: admin },
  acceptDrift:   { dev: never('Dev is not checked for drift.'), staging: developer, production: admin },
} as const satisfies Record<string, Record<EnvironmentClass, Rule>>;

export type GuardedAction = keyof typeof GUARD;
export const GUARDED_ACTIONS = Object.keys(GUARD) as [GuardedAction, ...GuardedAction[]];

/** What the guard looks at. `forbidden` is the environment's own policy. */
export type GuardedEnvironment = { name: string; class: EnvironmentClass; forbidden: readonly GuardedAction[] };

export type Decision = {
  action: GuardedAction;
  allowed: boolean;
  /** The least role that may; null when nobody may here. */
  role: Role | null;
  /** A reason must be given, and is recorded. */
  needsReason: boolean;
  /** Set when refused: which rule, in words, and what would allow it. */
  rule: string | null;
  detail: string | null;
  allowedBy: string | null;
};

/** Whether somebody in this role may do this here, and if not, why and what would allow it. */
export function decide(action: GuardedAction, environment: GuardedEnvironment, role: Role): Decision {
  const rule: Rule = GUARD[action][environment.class];
  const refuse = (name: string, detail: string, allowedBy: string, least: Role | null): Decision => ({
    action,
    allowed: false,
    role: least,
    needsReason: false,
    rule: name,
    detail,
    allowedBy,
  });
  const here = `${environment.name} (${environment.class})`;
  if ('never' in rule) {
    return refuse(`${environment.class}_class`, `${WORDS[action]} is not possible in ${here}.`, rule.never, null);
  }
  if (environment.forbidden.includes(action)) {
    const detail = `${WORDS[action]} is switched off for ${here}.`;
    return refuse('environment_policy', detail, 'An admin can change the policy of the environment.', null);
  }
  if (ROLES.indexOf(role) < ROLES.indexOf(rule.role)) {
    const detail = `${WORDS[action]} in ${here} takes the role ${rule.role}; you are ${role}.`;
    return refuse('role_for_class', detail, `Somebody with the role ${rule.role} can do it.`, rule.role);
  }
  const needsReason = rule.reason ?? false;
  return { action, allowed: true, role: rule.role, needsReason, rule: null, detail: null, allowedBy: null };
}

export const decideAll = (environment: GuardedEnvironment, role: Role): Decision[] =>
  GUARDED_ACTIONS.map((action) => decide(action, environment, role));

/**
 * The role that the guard sees. A key has none of its own: it counts as the highest role whose workflow permissions it
 * holds, so that a scope alone never does more than a person could.
 */
export function roleOf({ role, permissions }: { role?: Role; permissions: ReadonlySet<string> }): Role {
  if (role) return role;
  const ofWorkflows = (candidate: Role) => ROLE_PERMISSIONS[candidate].filter((name) => name.startsWith('workflow:'));
  return ROLES.findLast((candidate) => ofWorkflows(candidate).every((name) => permissions.has(name))) ?? 'viewer';
}

/** How a sentence names each action. */
const WORDS: Record<GuardedAction, string> = {
  view: 'Looking',
  refresh: 'Refreshing',
  compare: 'Comparing',
  snapshot: 'Taking a snapshot',
  driftCheck: 'Checking for drift',
  promoteFrom: 'Promoting from here',
  promoteTo: 'Promoting to here',
  saveApproved: 'Saving as approved',
  upload: 'Uploading workflows',
  edit: 'Editing a workflow',
  archive: 'Archiving a workflow',
  delete: 'Deleting a workflow',
  activate: 'Activating a workflow',
  deactivate: 'Deactivating a workflow',
  tag: 'Changing tags',
  restore: 'Restoring a snapshot',
  revert: 'Reverting to approved',
  keepHotfix: 'Keeping a hotfix',
  adopt: 'Adopting as approved',
  acceptDrift: 'Accepting drift',
};

/** In the order a full refresh takes them. */
export const SYNC_PHASES = ['workflows', 'credentials', 'tags', 'users', 'executions'] as const;
export type SyncPhaseName = (typeof SYNC_PHASES)[number];
