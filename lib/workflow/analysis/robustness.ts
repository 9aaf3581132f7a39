import type { Workflow, WorkflowNode } from '../model';
import { externalSystem } from './external-system';

/** How a workflow meets failure, counted over enabled nodes that talk to another system. */
export interface Robustness {
  readonly outbound: number;
  readonly retried: number;
  /** With an error output, that is, a way to go on that knows of the failure. */
  readonly handled: number;
  /** Going on as if nothing had happened. */
  readonly ignored: number;
  /** Whether a failure of the whole starts another workflow. */
  readonly hasErrorWorkflow: boolean;
}

/** Whether a node calls another system when it runs. */
export const isOutbound = (node: WorkflowNode): boolean => !node.disabled && externalSystem(node) !== undefined;

/** Counts retries and error handling. */
export function robustnessOf({ nodes, settings }: Workflow): Robustness {
  const outbound = nodes.filter(isOutbound);
  const count = (test: (node: WorkflowNode) => boolean) => outbound.filter(test).length;
  return {
    outbound: outbound.length,
    retried: count(({ retryOnFail }) => retryOnFail),
    handled: count(({ onError }) => onError === 'continueErrorOutput'),
    ignored: count(({ onError }) => onError === 'continueRegularOutput'),
    hasErrorWorkflow: typeof settings.errorWorkflow === 'string' && settings.errorWorkflow !== '',
  };
}
