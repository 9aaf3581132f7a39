import { DiffMark } from '@/components/patterns/diff-mark';
import { Badge } from '@/components/ui/badge';
import { Glyph } from '@/components/ui/glyph';
import { Section } from '@/components/ui/section';
import type { ComparedWorkflow, Promotion } from '@/lib/features/delivery/promotions/schema';
import { type ClosureNode, closureTree } from './closure-tree';
import { CHANGE_WORDS, countOf } from './promotion-words';

/** Everything the chosen workflows call: pulled in where the target lacks it, and shown where nobody can know. */
export function ClosureSection({ promotion: { workflows } }: { promotion: Promotion }) {
  const tree = closureTree(workflows);
  return (
    <Section title="Closure" note={noteOf(workflows)}>
      {tree.every(({ children }) => children.length === 0) ? (
        <p className="py-3 text-ink-2">Nothing chosen calls another workflow.</p>
      ) : (
        <Branches nodes={tree} />
      )}
    </Section>
  );
}

function noteOf(workflows: readonly ComparedWorkflow[]): string {
  const pulled = workflows.filter(({ role }) => role === 'dependency').length;
  const standing = workflows.filter(({ role }) => role === 'standing').length;
  const open = workflows.flatMap(({ dependencies }) => dependencies).filter(({ state }) => state === 'dynamic').length;
  return [`${pulled} pulled in`, `${standing} already there`, open > 0 && `${countOf(open, 'call')} by expression`]
    .filter(Boolean)
    .join(', ');
}

function Branches({ nodes, below = false }: { nodes: readonly ClosureNode[]; below?: boolean }) {
  return (
    <ul className={below ? 'ml-2 border-l border-line-2 pl-5' : 'pt-2'}>
      {nodes.map((node) => (
        <li key={node.id} className="py-1">
          <span className="flex flex-wrap items-center gap-x-2">
            <NodeMark node={node} />
            <b className="font-medium">{node.name}</b>
            {node.workflow?.role === 'dependency' && <Badge tone="accent">pulled in</Badge>}
            <span className="text-ink-3">{saysOf(node)}</span>
          </span>
          {node.children.length > 0 && <Branches nodes={node.children} below />}
        </li>
      ))}
    </ul>
  );
}

function NodeMark({ node: { workflow, need } }: { node: ClosureNode }) {
  if (workflow) return <DiffMark kind={CHANGE_WORDS[workflow.change].mark} />;
  return <Glyph kind={need?.state === 'missing' ? 'bad' : need?.state === 'in_target' ? 'ok' : 'unknown'} />;
}

const ROLE_WORDS: Record<string, string> = {
  execute: 'called as a sub-workflow',
  tool: 'used as a tool',
  retriever: 'used as a retriever',
  n8nNode: 'named by an n8n node',
  errorWorkflow: 'the error workflow',
  caller: 'allowed to call it',
};

function saysOf({ workflow, need }: ClosureNode): string {
  const how = need && (ROLE_WORDS[need.role] ?? need.role);
  if (need?.state === 'dynamic') return `${how}, known only when it runs. Shown, never guessed`;
  if (need?.state === 'missing') return `${how}, not in the target`;
  const stands = workflow?.role === 'selected' ? 'chosen' : workflow && CHANGE_WORDS[workflow.change].word;
  return [stands, how].filter(Boolean).join(' · ');
}
