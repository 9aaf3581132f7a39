import type { Capability, Support, WriteBehaviour } from '@/lib/ports/provider-probe';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { PlanKind, PlanStep, Target } from './schema';

/** What one workflow is to become. */
export type PlannedWorkflow = {
  /** The lineage's id, or `n8n:<id>` where there is none. */
  key: string;
  lineageId: string | null;
  name: string;
  /** Null: made by this plan; other documents then refer to it by `placeholderOf(key)` (./placeholder). */
  n8nId: string | null;
  /** Digests of what it was made from elsewhere, when there is such a thing: another source is another plan. */
  madeFrom?: string | null;
  /** What the target must be now, layout apart; null: there must be none. */
  expected: Target | null;
  /** Null: archive it. Tags are names. */
  desired: { document: WorkflowDocument; active: boolean; tags: string[] } | null;
};

/** The instance that is written to, as its last probe told. */
export type PlannedEnvironment = {
  id: string;
  name: string;
  writes: WriteBehaviour;
  capabilities: Partial<Record<Capability, Support>>;
  /** Names of the tags it has. Where they are not told, missing ones are made on the way. */
  tags?: readonly string[];
};

export type PlanInput = {
  kind: PlanKind;
  environment: PlannedEnvironment;
  /** In any order. */
  workflows: readonly PlannedWorkflow[];
  /** `from` calls `to`, by keys. Those of documents to workflows of the same plan are found without being told. */
  calls?: readonly { from: string; to: string }[];
  bindingsDigest?: string;
  /** What the caller wants to find again with the plan; part of no digest. */
  source?: unknown;
  /** Whose positions and notes a workflow has that exists already. Default `keep`: the target's. */
  layout?: 'keep' | 'bring';
};

/** The exact list of writes. `workflows` stand in the order of their writing. */
export type ChangePlan = {
  environmentId: string;
  kind: PlanKind;
  /** Of everything that decides the writes; the layout of the target excluded. */
  digest: string;
  layout: 'keep' | 'bring';
  steps: PlanStep[];
  workflows: PlannedWorkflow[];
  source: unknown;
};
