import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import { placeholderOf } from '../change-plans/placeholder';
import type { PlannedWorkflow } from '../change-plans/plan';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import { changing, going, making } from './journal.fixture';

const CHILDREN = 10;

/** No instance publishes what has no trigger. */
const withoutTrigger = (document: ReturnType<typeof callingDocument>) => ({
  ...document,
  nodes: document.nodes.filter(({ type }) => !type.endsWith('.webhook')),
  connections: {},
});

/**
 * A promotion of twenty workflows with every kind of step in it, made ready on the instance: ten that run are changed,
 * and so is what calls them all; two are to run from now on, one no more; three are made, of which two run; one gets a
 * tag that the instance lacks; two are to go. `refused`: what calls them all can no longer be published.
 */
export async function setTwenty(
  provider: WorkflowProvider,
  prefix: string,
  refused: boolean,
): Promise<PlannedWorkflow[]> {
  const name = (text: string) => `${prefix} ${text}`;
  const set = async (text: string, runs: boolean, ids: string[] = []): Promise<RemoteWorkflow> => {
    const { workflow } = await provider.createWorkflow(callingDocument(name(text), ids));
    return runs ? (await provider.publishWorkflow(workflow.id)).workflow : workflow;
  };
  const children: RemoteWorkflow[] = [];
  for (let at = 0; at < CHILDREN; at += 1) children.push(await set(`child ${at}`, true));
  const ids = children.map(({ id }) => id);
  const parent = await set('parent', true, ids);
  const change = (remote: RemoteWorkflow, runs: boolean, calls: string[] = []) =>
    changing(remote, callingDocument(remote.document.name, calls, 'two'), runs);
  const [one, two, three] = ['one', 'two', 'three'].map((text) => `${prefix}-${text}`) as [string, string, string];
  const outermost = change(parent, true, [...ids, placeholderOf(one)]);
  if (refused) outermost.desired!.document = withoutTrigger(outermost.desired!.document);
  const tagged = change(await set('tagged', false), false);
  tagged.desired!.tags = [prefix];
  return [
    ...[going(await set('old', true)), going(await set('older', false)), outermost],
    ...children.map((child) => change(child, true)),
    ...[change(await set('idle', false), true), change(await set('idler', false), true)],
    ...[change(await set('retired', true), false), tagged],
    making(one, callingDocument(name('made one'), [ids[0]!, placeholderOf(two)]), true),
    making(two, callingDocument(name('made two')), true),
    making(three, callingDocument(name('made three')), false),
  ];
}
