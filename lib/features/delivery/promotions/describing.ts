import { CHANGE_CLASSES } from '@/lib/workflow/diff/change';
import { diffWorkflows } from '@/lib/workflow/diff/diff-workflows';
import type { Workflow } from '@/lib/workflow/model';
import type { WorkflowReference } from '@/lib/workflow/references/reference';
import { assessRisk } from '@/lib/workflow/risk/assess-risk';
import type { Gathered } from './gathering';
import type { PlannedMember } from './plan-members';
import type { ComparedWorkflow } from './schema';

/** A workflow's reasons are shown; beyond these nobody reads on. */
const MAX_REASONS = 50;

/** What people and pages see of the members, in the order they are written. */
export function describeMembers(members: readonly PlannedMember[], gathered: Gathered): ComparedWorkflow[] {
  const byN8nId = new Map(members.map((member) => [member.source.n8nId, member]));
  return members.map((member) => ({
    lineageId: member.lineage.id,
    name: member.name,
    sourceWorkflowId: member.source.id,
    targetWorkflowId: member.target?.id ?? null,
    ...member.compared,
    role: member.isSelected ? 'selected' : member.isPlanned ? 'dependency' : 'standing',
    isPlanned: member.isPlanned,
    choice: member.choice,
    active: {
      source: member.workflow?.active ?? null,
      target: member.remote && member.remote.published !== null,
      desired: member.isPlanned ? (member.desired?.active ?? false) : null,
    },
    ...judge(member),
    dependencies: dependenciesOf(member, gathered, byN8nId),
    prints: member.prints,
  }));
}

function judge({ before, desired, compared, workflow }: PlannedMember): Pick<ComparedWorkflow, 'classes' | 'risk'> {
  const after = compared.change === 'deleted' ? emptied(before) : (desired?.workflow ?? null);
  const from = before ?? emptied(workflow);
  if (compared.change === 'unchanged' || !after || !from) return { classes: [], risk: { level: 'none', reasons: [] } };
  const changes = diffWorkflows(from, after);
  const { level, reasons } = assessRisk(from, after, changes);
  const classes = new Set(changes.map((change) => change.class));
  return {
    classes: CHANGE_CLASSES.filter((one) => classes.has(one)),
    risk: {
      level,
      reasons: reasons.slice(0, MAX_REASONS).map(({ rule, level: gravity, node, message }) => ({
        rule,
        level: gravity,
        node: node?.name ?? null,
        message,
      })),
    },
  };
}

/** The workflow before its first node, or after its last. */
const emptied = (workflow: Workflow | null): Workflow | null =>
  workflow && { ...workflow, nodes: [], edges: [], nodeGroups: [], pinData: {}, active: false, published: null };

function dependenciesOf(
  { source }: PlannedMember,
  { closure }: Gathered,
  byN8nId: ReadonlyMap<string, PlannedMember>,
): ComparedWorkflow['dependencies'] {
  const called = closure.calls
    .filter(({ from, to }) => from === source.n8nId && to !== from)
    .flatMap(({ to, reference: { role } }): ComparedWorkflow['dependencies'] => {
      const member = byN8nId.get(to);
      if (!member) return [];
      const state = member.isPlanned ? 'in_plan' : member.remote ? 'in_target' : 'missing';
      return [{ role, name: member.name, lineageId: member.lineage.id, state }];
    });
  const open = closure.unresolved
    .filter(({ from, reason }) => from === source.n8nId && reason !== 'outside')
    .map(({ reference, reason }) => ({
      role: reference.role,
      name: labelOf(reference),
      lineageId: null,
      state: reason === 'dynamic' ? ('dynamic' as const) : ('missing' as const),
    }));
  const all = new Map([...called, ...open].map((one) => [`${one.role} ${one.lineageId ?? one.name}`, one]));
  return [...all.values()];
}

const labelOf = ({ name, id, expression }: WorkflowReference): string => name ?? id ?? expression ?? '';
