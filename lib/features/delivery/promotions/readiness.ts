import { placeholderId, type Unresolved } from '@/lib/features/change/bindings/model';
import { BINDING_KINDS } from '@/lib/features/change/bindings/requirement';
import type { Capability, ProbeReport } from '@/lib/ports/provider-probe';
import { type Finding, runChecks } from '@/lib/workflow/checks/run-checks';
import type { Call } from '@/lib/workflow/closure/call-graph';
import { extractReferences } from '@/lib/workflow/references/extract';
import type { Reference } from '@/lib/workflow/references/reference';
import { neededIds, sayCallers } from './callers';
import { needsChoice, type Problem } from './model';
import type { PlannedMember } from './plan-members';
import { hasOwnTrigger, type PublishingRules } from './publication';
import { routeKey, routesOf } from './webhook-routes';

export type Ground = {
  environmentName: string;
  report: ProbeReport;
  /** Version texts as the environments have them; null while unknown. */
  versions: { source: string | null; target: string | null };
  /** Who listens in the target apart from what the plan writes, by `METHOD path`. */
  taken: ReadonlyMap<string, string>;
  /** Names of those in the target that call what is to go there and are not written with it, by n8n's id of the callee. */
  callers: ReadonlyMap<string, readonly string[]>;
  /** Names in the target that belong to no lineage yet and nobody ignores. */
  unlinkedNames: ReadonlySet<string>;
  rules: PublishingRules;
  /** Calls that bind publishing, by n8n's ids in the source. */
  calls: readonly Pick<Call, 'from' | 'to'>[];
};

type Said = Omit<Problem, 'workflowId' | 'lineageId' | 'name'>;
const blocking = (code: string, detail: string, remedy: string): Said => ({
  code,
  severity: 'blocking',
  detail,
  remedy,
});
const warning = (code: string, detail: string, remedy: string): Said => ({ code, severity: 'warning', detail, remedy });

/** Everything that stands in the way of a plan or should be known before, all at once, each with its remedy. */
export function readinessOf(members: readonly PlannedMember[], ground: Ground): Problem[] {
  const planned = members.filter(({ isPlanned }) => isPlanned);
  const about = (member: PlannedMember, said: Iterable<Said>): Problem[] =>
    [...said].map((one) => ({
      ...one,
      workflowId: member.source.id,
      lineageId: member.lineage.id,
      name: member.name,
    }));
  return [
    ...instanceProblems(planned, ground).map((one) => ({ ...one, workflowId: null, lineageId: null, name: null })),
    ...members.flatMap((member) => about(member, standingProblems(member, ground))),
    ...planned.flatMap((member) => about(member, contentProblems(member))),
    ...planned.flatMap((member) => about(member, bindingProblems(member, ground))),
    ...absenceProblems(members, ground).flatMap(([member, said]) => about(member, [said])),
    ...missedProblems(planned, ground).flatMap(([member, said]) => about(member, [said])),
    ...publishingProblems(members, ground).flatMap(([member, said]) => about(member, [said])),
    ...routeProblems(planned, ground).flatMap(([member, said]) => about(member, [said])),
  ];
}

function instanceProblems(planned: readonly PlannedMember[], { report, environmentName, versions }: Ground): Said[] {
  const needs: [boolean, Capability][] = [
    [planned.length > 0, 'workflows.write'],
    [planned.some(({ desired }) => desired?.active), 'workflows.publish'],
  ];
  const missing = needs.flatMap(([isNeeded, capability]) => {
    const support = report.capabilities[capability];
    if (!isNeeded || support.works) return [];
    return [
      blocking(
        'instance_cannot',
        `${environmentName}: ${support.detail}`,
        'Connect it with what it lacks, then refresh.',
      ),
    ];
  });
  const [from, to] = [numbersOf(versions.source), numbersOf(versions.target)];
  const isOlder = from && to && (to[0]! < from[0]! || (to[0] === from[0] && to[1]! < from[1]!));
  const older = `${environmentName} runs n8n ${versions.target}, the source ${versions.source}.`;
  const remedy = 'Newer node versions may not exist there: bring it to the same version.';
  return isOlder ? [...missing, warning('older_instance', older, remedy)] : missing;
}

const numbersOf = (version: string | null) =>
  /(\d+)\.(\d+)/
    .exec(version ?? '')
    ?.slice(1)
    .map(Number) ?? null;

/** How the workflow itself stands, planned or not. */
function* standingProblems(member: PlannedMember, { unlinkedNames, environmentName }: Ground): Generator<Said> {
  const { compared, choice, isSelected, isUnreadable, target, isPlanned, name } = member;
  if (isUnreadable) {
    yield blocking('unreadable', `${name} cannot be read.`, 'Mend it in the source, or take it out of the selection.');
  }
  if (isSelected && needsChoice(compared.change) && !choice) {
    const remedy = 'Choose: overwrite what stands in the target, or leave this workflow out.';
    yield blocking(compared.change, compared.why, remedy);
  }
  if (isPlanned && !target && unlinkedNames.has(name)) {
    const detail = `${environmentName} has a workflow named ${name} that belongs to no lineage: this would make a second one.`;
    yield blocking('possible_twin', detail, 'Link the two, or ignore the one there.');
  }
  if (!isPlanned && !isSelected && compared.change !== 'unchanged') {
    yield warning(
      'dependency_differs',
      `${name} is needed, and differs in the target. It stays as it is there.`,
      'Select it too.',
    );
  }
}

/** Findings that a plan should not go live with are told with these severities; others are the editor's business. */
const CHECKED: Record<string, Said['severity']> = {
  'plaintext-secret': 'warning',
  'missing-error-workflow': 'warning',
  'unauthenticated-webhook': 'warning',
  'missing-node': 'warning',
  'pinned-data': 'warning',
};

function* contentProblems({ desired, name }: PlannedMember): Generator<Said> {
  if (!desired) return;
  for (const finding of runChecks(desired.workflow)) {
    const severity = severityOf(finding, desired.active);
    if (severity)
      yield { code: finding.check.replaceAll('-', '_'), severity, detail: finding.message, remedy: finding.remedy };
  }
  if (desired.omitted.length > 0) {
    const detail = `The target's version does not take ${desired.omitted.join(', ')}.`;
    yield warning('fields_not_taken', detail, 'They are left out; bring the target to the version of the source.');
  }
  for (const { override, reason } of desired.skipped) {
    const detail = `The declared value of ${override.node} ${override.path.join('.')} has no place in ${name} (${reason}).`;
    yield blocking('override_not_applied', detail, 'Correct or remove the binding.');
  }
}

/** n8n publishes nothing without a trigger. */
const severityOf = ({ check }: Finding, isActive: boolean): Said['severity'] | undefined =>
  check === 'no-trigger' && isActive ? 'blocking' : CHECKED[check];

function* bindingProblems({ resolution, desired, workflow }: PlannedMember, ground: Ground): Generator<Said> {
  const { environmentName } = ground;
  for (const unresolved of resolution?.unresolved ?? []) yield unboundProblem(unresolved, ground);
  if (!desired || !workflow) return;
  const unseen = extractReferences(workflow).filter((reference) => UNSEEN.has(reference.kind) && reference.name);
  for (const [kind, references] of Map.groupBy(unseen, ({ kind }) => kind)) {
    const names = [...new Set(references.map(({ name }) => name))].join(', ');
    const [code, words, remedy] = UNSEEN.get(kind)!;
    yield warning(code, `It needs ${words} ${names}; whether ${environmentName} has them cannot be asked.`, remedy);
  }
}

/** What n8n's API keeps to itself. */
const UNSEEN = new Map<Reference['kind'], [code: string, words: string, remedy: string]>([
  ['variable', ['variables_unchecked', 'the variables', 'See to it that they are there.']],
  ['environmentVariable', ['variables_unchecked', 'the environment variables', 'See to it that they are set.']],
  ['secret', ['secrets_unchecked', 'the external secrets', 'See to it that the vault has them.']],
  ['nodePackage', ['packages_unchecked', 'the community packages', 'Install them there first.']],
]);

const WORDS: Record<Unresolved['why'], string> = {
  missing: 'has nothing for it',
  ambiguous: 'has several that could be meant',
  dynamic: 'decides it only when it runs',
  gone: 'no longer has what was chosen',
  expired: 'has a binding for it that has expired',
};

/** n8n 1.x lists no credentials: known are those that a workflow there uses. */
const UNSEEN_CREDENTIAL = 'does not list its credentials, and no workflow there uses one like it';

function unboundProblem(unresolved: Unresolved, { environmentName, report }: Ground): Said {
  const { kind, requirement, why, candidates, nodes } = unresolved;
  const where = nodes.length > 0 ? ` (${nodes.join(', ')})` : '';
  const what = `${kind.replaceAll('_', ' ')} ${requirement}${where}`;
  const isUnseen = kind === 'credential' && why === 'missing' && !report.capabilities['credentials.list'].works;
  const detail = `It needs the ${what}: ${environmentName} ${isUnseen ? UNSEEN_CREDENTIAL : WORDS[why]}.`;
  // An expression can be right: it is shown and never guessed.
  if (why === 'dynamic') return warning('dynamic_reference', detail, 'Look at where it leads before you approve.');
  const said = blocking(`${kind}_${why}`, detail, remedyFor(unresolved, { environmentName, isUnseen }));
  const bindable = BINDING_KINDS.find((one) => one === kind);
  return bindable ? { ...said, binding: { kind: bindable, requirement, candidates } } : said;
}

/** What is written would call something that is gone there, or goes with it, and that nobody asked to bring back. */
function absenceProblems(members: readonly PlannedMember[], { environmentName }: Ground): [PlannedMember, Said][] {
  const absent = new Map(
    members
      .filter(({ isPlanned, desired, remote }) => (isPlanned ? !desired : !remote || remote.archived))
      .map((member) => [member.target?.n8nId ?? placeholderId(member.lineage.id), member]),
  );
  const planned = members.filter(({ isPlanned, desired }) => isPlanned && desired);
  return planned.flatMap((member) => {
    const needed = neededIds(member.workflow!);
    const called = member.resolution?.bound.flatMap(({ kind, from, to }) =>
      kind === 'workflow' && needed.has(from.id ?? '') && to !== 'keep' && to.id ? (absent.get(to.id) ?? []) : [],
    );
    return [...new Set(called)].map((callee): [PlannedMember, Said] => [member, absenceOf(callee, environmentName)]);
  });
}

function absenceOf({ name, isPlanned, remote }: PlannedMember, environment: string): Said {
  if (isPlanned) {
    const detail = `It needs ${name}, which is gone from the source and would go from ${environment}.`;
    return blocking('callee_absent', detail, `Take ${name} out of the selection, or mend the call in the source.`);
  }
  const detail = `It needs ${name}, which was ${remote ? 'archived' : 'deleted'} in ${environment}.`;
  return blocking('callee_absent', detail, `Choose that ${name} is brought back, or bind it to another.`);
}

/** What goes from the target would be missed by what stays there. */
function missedProblems(planned: readonly PlannedMember[], { callers }: Ground): [PlannedMember, Said][] {
  return planned.flatMap((member): [PlannedMember, Said][] => {
    const names = member.desired ? undefined : callers.get(member.target?.n8nId ?? '');
    if (!names) return [];
    const detail = `${sayCallers(names)} in the target, and would call what is archived.`;
    return [[member, blocking('still_called', detail, 'Take the call out there first, or leave this workflow out.')]];
  });
}

function remedyFor(
  { kind, candidates }: Unresolved,
  { environmentName, isUnseen }: { environmentName: string; isUnseen: boolean },
): string {
  if (candidates.length > 0) return `Bind it to one of: ${candidates.map(({ name }) => name).join(', ')}.`;
  if (isUnseen) return `Look for it in ${environmentName}, make it where it is missing, and bind it by its id there.`;
  // One that the source has comes along by itself.
  if (kind === 'workflow') return `Mend the call in the source, or bind it to a workflow of ${environmentName}.`;
  return `Make it in ${environmentName} under the same name, or bind it to something else.`;
}

/** What the target would refuse to publish. */
function publishingProblems(members: readonly PlannedMember[], { rules, calls }: Ground): [PlannedMember, Said][] {
  const publishing = members.filter(({ isPlanned, desired }) => isPlanned && desired?.active);
  const byN8nId = new Map(members.map((member) => [member.source.n8nId, member]));
  const runsAfter = ({ isPlanned, desired, remote }: PlannedMember) =>
    isPlanned ? desired?.active === true : remote !== null && remote.published !== null;
  return publishing.flatMap((member): [PlannedMember, Said][] => {
    if (rules.needsOwnTrigger && !hasOwnTrigger(member.desired!.workflow)) {
      const detail = 'This version of n8n publishes nothing that only another workflow or an error starts.';
      return [
        [member, blocking('cannot_be_published', detail, 'Leave it unpublished: it can be called all the same.')],
      ];
    }
    if (!rules.calleesFirst) return [];
    const silent = calls
      .filter(({ from }) => from === member.source.n8nId)
      .flatMap(({ to }) => byN8nId.get(to) ?? [])
      .filter((callee) => !runsAfter(callee));
    return silent.map(({ name }) => {
      const detail = `It calls ${name}, which would not be published: n8n refuses to publish it then.`;
      return [member, blocking('callee_not_published', detail, `Choose that ${name} is published too.`)];
    });
  });
}

/** Two workflows cannot answer under one address. One that is not published afterwards takes none, and is said. */
function routeProblems(planned: readonly PlannedMember[], { taken }: Ground): [PlannedMember, Said][] {
  const own = new Map<string, PlannedMember>();
  const found: [PlannedMember, Said][] = [];
  for (const member of planned) {
    if (!member.desired) continue;
    for (const route of routesOf(member.desired.workflow)) {
      const key = routeKey(route);
      const twin = own.get(key);
      const other = taken.get(key) ?? (twin === member ? undefined : twin?.name);
      const say = member.desired.active ? blocking : warning;
      const remedy = 'Give one of them another path.';
      if (other) found.push([member, say('webhook_taken', `${other} answers at ${key} already.`, remedy)]);
      else if (member.desired.active) own.set(key, member);
    }
  }
  return found;
}
