'use client';

import { Status } from '../../ui/status';
import { type DrawnEdge, type DrawnNode, drawGraph, type Graph, partWord, typeWord } from './graph-model';
import { NodeIcon } from './node-icon';

const HEAD = 'border-b border-line py-2 pr-3 text-left text-12 font-medium text-ink-3';
const CELL = 'border-b border-line py-1.5 pr-3 align-top leading-6';

/** The canvas as a table: every node in the order of flow, what it leads to and what feeds it. */
export default function WorkflowOutline(props: { graph: Graph; selected?: string; onSelect?: (name: string) => void }) {
  const { nodes, edges } = drawGraph(props.graph);
  const steps = nodes.filter((drawn) => drawn.shape !== 'note').toSorted(byFlow);
  const notes = nodes.filter((drawn) => drawn.shape === 'note');
  return (
    <div className="scroll-x">
      <table className="w-full border-collapse" aria-label="Nodes of the workflow">
        <thead>
          <tr>
            <th scope="col" className={HEAD}>
              Node
            </th>
            <th scope="col" className={HEAD}>
              Type
            </th>
            <th scope="col" className={HEAD}>
              Leads to
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((drawn) => (
            <OutlineRow key={drawn.node.key} {...{ drawn, edges }} {...props} />
          ))}
        </tbody>
      </table>
      {notes.length > 0 && (
        <ul aria-label="Notes on the canvas" className="mt-3 space-y-2">
          {notes.map(({ node }) => (
            <li key={node.key} className="border-l-2 border-line-2 pl-3 text-12 whitespace-pre-wrap text-ink-2">
              {typeof node.parameters.content === 'string' ? node.parameters.content : 'An empty note'}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type OutlineRowProps = {
  drawn: DrawnNode;
  edges: readonly DrawnEdge[];
  selected?: string;
  onSelect?: (name: string) => void;
};

function OutlineRow({ drawn: { node }, edges, selected, onSelect }: OutlineRowProps) {
  const out = edges.filter((edge) => edge.source === node.key);
  return (
    <tr className={node.name === selected ? 'bg-accent-soft' : 'hover:bg-surface-2'}>
      <td className={CELL}>
        <button
          type="button"
          aria-pressed={onSelect ? node.name === selected : undefined}
          onClick={() => onSelect?.(node.name)}
          className="inline-flex min-h-6 items-center gap-2 text-left font-medium"
        >
          <NodeIcon type={node.type} className="text-ink-3" />
          {node.name}
        </button>
      </td>
      <td className={`${CELL} text-ink-2`}>
        {typeWord(node.type)} <span className="text-ink-3">v{node.typeVersion}</span>
        {node.disabled && <Status kind="hold" word="deactivated" className="ml-2" />}
      </td>
      <td className={`${CELL} text-ink-2`}>
        {out.length === 0 && <span className="text-ink-3">nothing, it ends here</span>}
        {out.map(({ id, edge, label, isPart }) => (
          <span key={id} className="block">
            {(isPart || label) && (
              <span className="text-ink-3">{isPart ? `as ${partWord(edge.type)} of` : label} </span>
            )}
            {edge.to}
          </span>
        ))}
      </td>
    </tr>
  );
}

/** Left to right, then top to bottom: as the canvas reads. */
function byFlow(a: DrawnNode, b: DrawnNode): number {
  return a.position[0] - b.position[0] || a.position[1] - b.position[1];
}
