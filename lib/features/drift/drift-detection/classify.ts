import type { Change } from '@/lib/workflow/diff/change';
import { diffWorkflows } from '@/lib/workflow/diff/diff-workflows';
import { runningWorkflow, type Workflow } from '@/lib/workflow/model';
import { assessRisk, type Risk } from '@/lib/workflow/risk/assess-risk';
import { describeChanges } from '@/lib/workflow/sentences/describe-changes';
import { sentenceText } from '@/lib/workflow/sentences/sentence';
import { gravest, type Severity } from '../drift-policies/model';
import { DRIFT_CLASSES, type DriftClass, type DriftReason } from '../incidents/model';
import { type Expectation, explain, withoutOverrides } from './expectations';
import { type ApprovedTarget, type Expected, type ObservedTarget, runsOther } from './model';

/** What a difference is. `expected` is set when all of it was declared: then it is no drift. */
export type Classified = {
  driftClass: DriftClass;
  classes: DriftClass[];
  severity: Severity;
  sentences: string[];
  reasons: DriftReason[];
  expected: Expected | null;
};

export type Side<Target> = { target: Target; workflow: Workflow };

/** A page shows so many; the diff itself shows all. */
const MAX_SENTENCES = 20;
const SILENT: ReadonlySet<string> = new Set(['cosmetic', 'test-data']);

/**
 * Compares what is approved with what was seen of one workflow, draft and running version apart. Null when nothing
 * differs that counts: layout, notes and test data never do.
 */
export function classify(
  approved: Side<ApprovedTarget>,
  observed: Side<ObservedTarget>,
  expectations: readonly Expectation[] = [],
): Classified | null {
  const sameLogic = approved.target.logicDigest === observed.target.logicDigest;
  const draft = compare(approved, observed.workflow, expectations, sameLogic);
  const running = runsOther(approved.target, observed.target) ? runningWorkflow(observed.workflow) : null;
  const live = running && compare(approved, running, expectations, false);
  const changes = live ? [...draft.open, ...live.open.filter(isLogic)] : draft.open;
  const explained = [...draft.explained, ...(live?.explained ?? [])];
  if (changes.length === 0) return explained[0] ? allExpected(draft, explained) : null;

  const classes = classesOf(draft.open);
  if (live?.open.some(isLogic)) classes.add('published_without_promotion');
  const risks = risksOf(approved.workflow, draft, live);
  const named = DRIFT_CLASSES.filter((one) => classes.has(one));
  return {
    driftClass: named[0]!,
    classes: named,
    severity: gravest([...named.map((one) => LEAST[one]), ...risks.map(({ level }) => severityOf(level))]),
    sentences: sentencesOf(draft, live),
    reasons: reasonsOf(risks),
    expected: null,
  };
}

type Comparison = { after: Workflow; all: Change[]; open: Change[]; explained: Expectation[] };

function compare(
  { workflow: before }: Side<ApprovedTarget>,
  observed: Workflow,
  expectations: readonly Expectation[],
  sameLogic: boolean,
): Comparison {
  const { workflow: after, used } = withoutOverrides(before, observed, expectations);
  const loud = diffWorkflows(before, after).filter((change) => !SILENT.has(change.class));
  // Equal digests say that nothing of the logic differs, whatever else a node carries: ids of webhooks for one.
  const all = sameLogic ? loud.filter((change) => !isLogic(change)) : loud;
  const explanations = all.map((change) => explain(change, expectations));
  return {
    after,
    all,
    open: all.filter((_, at) => !explanations[at]),
    explained: [...used, ...explanations.filter((one) => one !== undefined)],
  };
}

/** Of nodes and connections; the rest is about the workflow itself. */
const isLogic = (change: Change): boolean => change.kind !== 'workflow.changed';

function classesOf(changes: readonly Change[]): Set<DriftClass> {
  const classes = new Set<DriftClass>();
  for (const change of changes) classes.add(classOf(change));
  return classes;
}

function classOf(change: Change): DriftClass {
  if (change.kind !== 'workflow.changed') return change.class === 'credential' ? 'credential_rebound' : 'edited';
  const [field] = change.path;
  if (field === 'active') return change.after ? 'activated' : 'deactivated';
  if (field === 'archived') return change.after ? 'deactivated' : 'activated';
  return field === 'tags' ? 'tags' : 'settings';
}

/** What each class is at least, however harmless the change itself. */
const LEAST: Record<DriftClass, Severity> = {
  deleted: 'high',
  unmanaged: 'low',
  edited: 'low',
  credential_rebound: 'medium',
  published_without_promotion: 'medium',
  deactivated: 'high',
  activated: 'high',
  settings: 'low',
  tags: 'low',
};

const severityOf = (level: Risk['level']): Severity => (level === 'none' ? 'low' : level);

/** What is only in the draft cannot do harm yet: its risk counts as medium at most. Settings take effect at once. */
function risksOf(before: Workflow, draft: Comparison, live: Comparison | null): Risk[] {
  const lying = assessRisk(before, draft.after, draft.open.filter(isLogic));
  const grave = lying.level === 'high' || lying.level === 'critical';
  const effective = draft.open.filter((change) => !isLogic(change));
  return [
    grave ? { ...lying, level: 'medium' } : lying,
    assessRisk(before, draft.after, effective),
    ...(live ? [assessRisk(before, live.after, live.open.filter(isLogic))] : []),
  ];
}

function sentencesOf(draft: Comparison, live: Comparison | null): string[] {
  const said = describeChanges(draft.open, draft.after).map(sentenceText);
  const spoken = new Set(said);
  const running = live ? describeChanges(live.open.filter(isLogic), live.after).map(sentenceText) : [];
  const others = running.filter((sentence) => !spoken.has(sentence)).map((sentence) => `What runs: ${sentence}`);
  const all = [...said, ...others];
  const rest = all.length - MAX_SENTENCES;
  return rest > 0 ? [...all.slice(0, MAX_SENTENCES), `${rest} more changes`] : all;
}

function reasonsOf(risks: readonly Risk[]): DriftReason[] {
  const reasons = risks.flatMap((risk) => risk.reasons.map(({ rule, level, message }) => ({ rule, level, message })));
  return [...new Map(reasons.map((one) => [`${one.rule} ${one.message}`, one])).values()].slice(0, MAX_SENTENCES);
}

function allExpected({ all, after }: Comparison, explained: readonly Expectation[]): Classified {
  const classes = classesOf(all);
  const named = DRIFT_CLASSES.filter((one) => classes.has(one));
  const sentences = describeChanges(all, after).map(sentenceText).slice(0, MAX_SENTENCES);
  const driftClass = named[0] ?? 'edited';
  const expected = explained[0]!.because;
  return {
    driftClass,
    classes: named.length ? named : [driftClass],
    severity: 'low',
    sentences,
    reasons: [],
    expected,
  };
}

/** It is not on the instance any more: the instance itself said so. */
export const classifyDeleted = (approved: ApprovedTarget, name: string): Classified => ({
  driftClass: 'deleted',
  classes: ['deleted'],
  severity: approved.active ? 'critical' : LEAST.deleted,
  sentences: [`${name} is not on the instance any more`],
  reasons: [],
  expected: null,
});

/** Nobody approved it; what runs unapproved weighs more than what lies there. */
export const classifyUnmanaged = (observed: ObservedTarget, name: string): Classified => ({
  driftClass: 'unmanaged',
  classes: ['unmanaged'],
  severity: observed.active ? 'medium' : LEAST.unmanaged,
  sentences: [
    observed.active ? `${name} runs here, and nobody approved it` : `${name} is here, and nobody approved it`,
  ],
  reasons: [],
  expected: null,
});

/** What stands there, or what is approved, cannot be read as a workflow: all that is known is that it differs. */
export const classifyUnreadable = (side: 'approved' | 'observed', name: string): Classified => ({
  driftClass: 'edited',
  classes: ['edited'],
  severity: 'high',
  sentences: [
    side === 'observed'
      ? `${name} differs, and what stands on the instance cannot be read as a workflow`
      : `${name} differs, and what git holds for it cannot be read as a workflow`,
  ],
  reasons: [],
  expected: null,
});
