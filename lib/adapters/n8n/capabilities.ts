import { CAPABILITIES, type Capability, type Support } from '@/lib/ports/provider-probe';
import type { Specification } from './specification';

type Rule = {
  /** In the instance's specification. */
  offered: (specification: Specification) => boolean;
  /** All of them, on the key. */
  scopes: string[];
  /** A harmless read that shows what neither the specification nor the key tells: the licence. */
  tryout?: string;
};

const operation = (name: string) => (specification: Specification) => specification.has(name);
const field = (name: string) => (specification: Specification) => {
  const properties = specification.body('PUT /workflows/{}')?.properties;
  return properties?.[name] !== undefined && properties[name].readOnly !== true;
};
const publishesVersion = (specification: Specification) =>
  ['publish', 'activate'].some(
    (verb) => specification.body(`POST /workflows/{}/${verb}`)?.properties?.versionId !== undefined,
  );

const RULES: Record<Capability, Rule> = {
  'workflows.read': {
    offered: operation('GET /workflows'),
    scopes: ['workflow:list', 'workflow:read'],
    tryout: '/workflows',
  },
  'workflows.write': { offered: operation('PUT /workflows/{}'), scopes: ['workflow:create', 'workflow:update'] },
  'workflows.delete': { offered: operation('DELETE /workflows/{}'), scopes: ['workflow:delete'] },
  'workflows.publish': {
    offered: operation('POST /workflows/{}/activate'),
    scopes: ['workflow:activate', 'workflow:deactivate'],
  },
  'workflows.publishVersion': { offered: publishesVersion, scopes: ['workflow:activate'] },
  'workflows.draftOnly': {
    offered: (one) => one.takesQuery('PUT /workflows/{}', 'publishIfActive'),
    scopes: ['workflow:update'],
  },
  'workflows.archive': { offered: operation('POST /workflows/{}/archive'), scopes: ['workflow:delete'] },
  'workflows.history': {
    offered: (one) => one.has('GET /workflows/{}/versions/{}') || one.has('GET /workflows/{}/{}'),
    scopes: ['workflow:read'],
  },
  'workflows.description': { offered: field('description'), scopes: ['workflow:update'] },
  'workflows.pinData': { offered: field('pinData'), scopes: ['workflow:update'] },
  'workflows.nodeGroups': { offered: field('nodeGroups'), scopes: ['workflow:update'] },
  'tags.read': { offered: operation('GET /tags'), scopes: ['tag:list'], tryout: '/tags' },
  'tags.write': { offered: operation('PUT /workflows/{}/tags'), scopes: ['tag:create', 'workflowTags:update'] },
  'credentials.list': { offered: operation('GET /credentials'), scopes: ['credential:list'], tryout: '/credentials' },
  'credentials.create': { offered: operation('POST /credentials'), scopes: ['credential:create'] },
  'credentials.update': { offered: operation('PATCH /credentials/{}'), scopes: ['credential:update'] },
  'executions.read': {
    offered: operation('GET /executions'),
    scopes: ['execution:list', 'execution:read'],
    tryout: '/executions',
  },
  'executions.retry': { offered: operation('POST /executions/{}/retry'), scopes: ['execution:retry'] },
  'executions.stop': { offered: operation('POST /executions/{}/stop'), scopes: ['execution:stop'] },
  'users.read': { offered: operation('GET /users'), scopes: ['user:list'], tryout: '/users' },
  variables: { offered: operation('GET /variables'), scopes: ['variable:list'], tryout: '/variables' },
  projects: { offered: operation('GET /projects'), scopes: ['project:list'], tryout: '/projects' },
  folders: {
    offered: operation('GET /projects/{}/folders'),
    scopes: ['folder:list'],
    tryout: '/projects/personal/folders',
  },
  dataTables: { offered: operation('GET /data-tables'), scopes: ['dataTable:list'], tryout: '/data-tables' },
  sourceControl: {
    offered: operation('GET /source-control/status'),
    scopes: ['sourceControl:pull'],
    tryout: '/source-control/status',
  },
  packages: { offered: operation('POST /n8n-packages/export'), scopes: ['workflow:export'] },
};

/** The reads worth trying on this instance, once each. */
export const tryouts = (specification: Specification): { capability: Capability; path: string }[] =>
  CAPABILITIES.flatMap((capability) => {
    const { tryout, offered } = RULES[capability];
    return tryout && offered(specification) ? [{ capability, path: tryout }] : [];
  });

/** What a tryout came to: null when it worked. */
export type Tryouts = Partial<Record<Capability, Exclude<Support, { works: true }> | null>>;

/** Behaviour beats scope beats specification: what was tried and worked, works. */
export function capabilitiesOf(
  specification: Specification,
  scopes: string[] | null,
  tried: Tryouts,
): Record<Capability, Support> {
  const judge = (capability: Capability): Support => {
    const rule = RULES[capability];
    if (!rule.offered(specification))
      return { works: false, why: 'version', detail: 'This version of n8n does not offer it over its API.' };
    const outcome = tried[capability];
    if (outcome) return outcome;
    const missing = outcome === null || scopes === null ? [] : rule.scopes.filter((scope) => !scopes.includes(scope));
    if (missing.length > 0)
      return { works: false, why: 'scope', detail: `The API key lacks ${missing.join(' and ')}.` };
    return { works: true };
  };
  return Object.fromEntries(CAPABILITIES.map((capability) => [capability, judge(capability)])) as Record<
    Capability,
    Support
  >;
}
