'use client';

import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { WorkflowGraph } from '@/components/patterns/workflow-graph/workflow-graph';
import { JsonView } from '@/components/ui/json-view';
import { Section } from '@/components/ui/section';
import { Segmented } from '@/components/ui/segmented';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';

const VERSIONS = [
  { value: 'draft', label: 'Draft' },
  { value: 'published', label: 'What runs' },
] as const;

/** The workflow drawn, and the parameters of the chosen node. Draft and published version apart where they differ. */
export default function WorkflowGraphTab({ workflow }: { workflow: WorkflowDetail }) {
  const [selected, setSelected] = useQueryState('node', parseAsString.withDefault(''));
  const [version, setVersion] = useQueryState(
    'version',
    parseAsStringLiteral(['draft', 'published']).withDefault('draft'),
  );
  const shown = version === 'published' && workflow.published ? workflow.published : workflow.draft;
  const node = shown.nodes.find(({ name }) => name === selected);
  return (
    <>
      {workflow.published && (
        <Segmented label="Which version" value={version} options={VERSIONS} onChange={setVersion} />
      )}
      <WorkflowGraph workflow={shown} selected={selected} onSelect={(name) => setSelected(name)} />
      {node && (
        <Section title={node.name} note={node.type} level={3}>
          <JsonView value={node} label={`JSON of the node ${node.name}`} />
        </Section>
      )}
    </>
  );
}
