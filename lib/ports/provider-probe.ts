import type { ProviderFailure } from './provider-error';

/** What an instance may or may not be able to do. Asked as one question, answered with a reason. */
export const CAPABILITIES = [
  'workflows.read',
  'workflows.write',
  'workflows.delete',
  'workflows.publish',
  /** Publish a named older version instead of the draft head. */
  'workflows.publishVersion',
  /** Save a draft of a published workflow without putting it live. */
  'workflows.draftOnly',
  'workflows.archive',
  'workflows.history',
  'workflows.description',
  'workflows.pinData',
  'workflows.nodeGroups',
  'tags.read',
  'tags.write',
  'credentials.list',
  'credentials.create',
  'credentials.update',
  'executions.read',
  'executions.retry',
  'executions.stop',
  'users.read',
  'variables',
  'projects',
  'folders',
  'dataTables',
  'sourceControl',
  'packages',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

export type Support =
  | { works: true }
  | {
      works: false;
      /** `version`: not in this n8n; `scope`: the key lacks it; `licence`: the edition lacks it; `disabled`: switched off. */
      why: 'version' | 'scope' | 'licence' | 'disabled';
      /** One sentence for people: what is missing and what would bring it. */
      detail: string;
    };

/** How a write behaves on this version: facts an executor must plan with. */
export type WriteBehaviour = {
  /** Writes must not overlap (SQLite of 1.x loses concurrent ones). */
  serial: boolean;
  /** Saving a published workflow puts it live unless told otherwise. */
  savePublishes: 'always' | 'optional';
  /** Publishing answers before triggers are registered. */
  publishIsAsynchronous: boolean;
  /** A save that cannot be published may take the running version down. */
  failedPublish: 'unpublishes' | 'publishes_broken' | 'keeps_previous';
  /** The last part of the path of the calls that publish and unpublish. */
  publishCalls: { publish: string; unpublish: string };
  /** A published workflow must be unpublished before it can be deleted. */
  deleteNeedsUnpublish: boolean;
};

export type InstanceVersion = {
  /** `2.41.1` when the instance tells it, else null. */
  exact: string | null;
  /** The oldest n8n whose interface looks like this one. */
  atLeast: string;
  /** The first n8n that looks different; null when it is the newest known. */
  below: string | null;
};

export type KeyState = {
  /** Scopes the key carries; null where the version does not tell. */
  scopes: string[] | null;
  expiresAt: string | null;
};

export type ProbeProblem = {
  failure: ProviderFailure;
  /** Which input to correct; null when neither is at fault. */
  field: 'baseUrl' | 'apiKey' | null;
  /** What was seen and what to do, for people. */
  detail: string;
};

export type ProbeReport = {
  version: InstanceVersion;
  key: KeyState;
  capabilities: Record<Capability, Support>;
  writes: WriteBehaviour;
  checkedAt: string;
};

/** A probe does not throw for what it was made to find out. */
export type Probe = { ok: true; report: ProbeReport } | { ok: false; problem: ProbeProblem };
