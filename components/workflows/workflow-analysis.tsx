import { EmptyState } from '@/components/patterns/empty-state';
import { Glyph } from '@/components/ui/glyph';
import { KeyValues } from '@/components/ui/key-values';
import { Section } from '@/components/ui/section';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { COMPLEXITY_WORDS } from './words';

/** What can be counted in a workflow, without invented scores. */
export function WorkflowAnalysisView({ workflow }: { workflow: WorkflowDetail }) {
  const { analysis, problems } = workflow;
  if (!analysis) {
    return (
      <EmptyState
        title="This workflow could not be read"
        why={problems[0]?.message ?? 'Its JSON is not a workflow.'}
        next={
          <a className="link" href={workflow.openUrl}>
            Open it in n8n
          </a>
        }
      />
    );
  }
  const { graph, robustness, complexity, systems, summary } = analysis;
  return (
    <>
      <p className="max-w-[72ch] text-14 text-ink-2">{summary}</p>
      <div className="grid grid-cols-2 gap-x-10 max-md:grid-cols-1">
        <Section title="Shape">
          <div className="pt-3">
            <KeyValues
              items={[
                ['Complexity', COMPLEXITY_WORDS[complexity.level]],
                complexity.reasons.length > 0 && [
                  'because',
                  complexity.reasons
                    .map(({ measure, value, above }) => `${measure} ${value} (above ${above})`)
                    .join(', '),
                ],
                ['Nodes', `${graph.nodes}, of them ${graph.disabled} switched off`],
                ['Connections', graph.connections],
                ['Depth', graph.depth],
                ['Widest fan-out', graph.maxFanOut],
                ['Decisions', graph.decisions],
                graph.linesOfCode > 0 && ['Lines of code', graph.linesOfCode],
                graph.cycles.length > 0 && ['Loops', graph.cycles.map((cycle) => cycle.join(' → ')).join('; ')],
              ]}
            />
          </div>
        </Section>
        <Section title="When something fails">
          <div className="pt-3">
            <KeyValues
              items={[
                ['Error workflow', robustness.hasErrorWorkflow ? 'set' : 'none'],
                ['Calls to the outside', robustness.outbound],
                ['of them retried', robustness.retried],
                ['with their own error branch', robustness.handled],
                ['whose failure is ignored', robustness.ignored],
              ]}
            />
          </div>
        </Section>
        <Section title="Systems it talks to">
          <ul className="pt-3">
            {systems.length === 0 && <li className="text-ink-3">None.</li>}
            {systems.map(({ name, nodes }) => (
              <li key={name} className="flex justify-between border-b border-line py-1.5">
                {name} <span className="text-ink-3">{nodes === 1 ? '1 node' : `${nodes} nodes`}</span>
              </li>
            ))}
          </ul>
        </Section>
        <Section title="Worth a look" note={graph.unreachable.length + problems.length || undefined}>
          <ul className="grid gap-1.5 pt-3">
            {graph.unreachable.length + problems.length === 0 && <li className="text-ink-3">Nothing was found.</li>}
            {graph.unreachable.map((name) => (
              <li key={name} className="flex gap-2">
                <Glyph kind="warn" className="mt-0.5" /> {name} is reached by no trigger.
              </li>
            ))}
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`} className="flex gap-2">
                <Glyph kind="warn" className="mt-0.5" /> <code>{path}</code> {message}
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </>
  );
}
