import type { WorkflowNode } from './model';

const IF = ['true', 'false'] as const;
const FILTER = ['kept'] as const;
/** The loop's outputs changed places in version 3; the first version had only one. */
const LOOP = ['done', 'loop'] as const;
const OLD_LOOP = ['loop', 'done'] as const;

/** What n8n calls the outputs of a node whose code names them, in their order; `undefined` for all others. */
export function outputWords({ type, typeVersion }: Pick<WorkflowNode, 'type' | 'typeVersion'>) {
  switch (type) {
    case 'n8n-nodes-base.if':
      return IF;
    case 'n8n-nodes-base.filter':
      return FILTER;
    case 'n8n-nodes-base.splitInBatches':
      return typeVersion >= 3 ? LOOP : typeVersion >= 2 ? OLD_LOOP : undefined;
    default:
      return undefined;
  }
}
