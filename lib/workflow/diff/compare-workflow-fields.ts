import type { Json, JsonObject, JsonPath, Workflow } from '../model';
import { field } from '../own-field';
import type { WorkflowFieldChanged } from './change';
import { workflowFieldClass } from './classify';
import { sameField, sameJson } from './same';

/** The changes of the workflow itself: what is neither node nor connection. */
export function compareWorkflowFields(before: Workflow, after: Workflow): WorkflowFieldChanged[] {
  const changes: WorkflowFieldChanged[] = [];
  const add = (path: JsonPath, a: Json | undefined, b: Json | undefined) =>
    changes.push({ kind: 'workflow.changed', class: workflowFieldClass(path), path, before: a, after: b });
  for (const name of ['name', 'description', 'active', 'archived'] as const) {
    if (before[name] !== after[name]) add([name], before[name], after[name]);
  }
  for (const name of ['tags', 'nodeGroups'] as const) {
    if (!sameJson(before[name], after[name])) add([name], before[name], after[name]);
  }
  compareKeys(before.settings, after.settings, sameField, (key, a, b) => add(['settings', key], a, b));
  compareKeys(before.pinData, after.pinData, sameJson, (key, a, b) => add(['pinData', key], a, b));
  return changes;
}

function compareKeys(
  before: JsonObject,
  after: JsonObject,
  same: (a: Json | undefined, b: Json | undefined) => boolean,
  found: (key: string, a: Json | undefined, b: Json | undefined) => void,
): void {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of [...keys].sort()) {
    const a = field(before, key);
    const b = field(after, key);
    if (!same(a, b)) found(key, a, b);
  }
}
