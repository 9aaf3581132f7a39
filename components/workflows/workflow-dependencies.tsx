'use client';

import { useTenant } from '@/components/shell/tenant';
import { NameLink } from '@/components/ui/name-link';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';

const ROLES: Record<WorkflowDetail['calls'][number]['role'], string> = {
  execute: 'calls',
  tool: 'offers as a tool',
  retriever: 'retrieves through',
  n8nNode: 'works on, through the n8n node',
  errorWorkflow: 'hands its errors to',
  caller: 'may be called by',
};

/** What this workflow needs from its instance: other workflows and credentials. */
export function WorkflowDependencies({ workflow }: { workflow: WorkflowDetail }) {
  const { slug } = useTenant();
  return (
    <div className="grid grid-cols-2 gap-x-10 max-md:grid-cols-1">
      <Section title="Workflows" note={workflow.calls.length}>
        {workflow.calls.length === 0 && <p className="py-3 text-ink-3">It names no other workflow.</p>}
        <ul>
          {workflow.calls.map((call) => (
            <li key={`${call.role} ${call.nodeName} ${call.n8nId}`} className="border-b border-line py-2">
              <span className="text-ink-2">{ROLES[call.role]}</span>{' '}
              {call.workflowId ? (
                <NameLink href={`/t/${slug}/workflows/${call.workflowId}`}>{call.name ?? call.n8nId}</NameLink>
              ) : call.n8nId ? (
                <Status kind="warn" word={`${call.name ?? call.n8nId}, not in the inventory`} />
              ) : (
                <Status kind="unknown" word="decided by an expression when it runs" />
              )}
              {call.nodeName && <span className="block text-12 text-ink-3">in {call.nodeName}</span>}
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Credentials" note={workflow.credentials.length}>
        {workflow.credentials.length === 0 && <p className="py-3 text-ink-3">It uses no credential.</p>}
        <ul>
          {workflow.credentials.map((credential) => (
            <li key={credential.id} className="border-b border-line py-2">
              <NameLink href={`/t/${slug}/credentials/${credential.id}`}>{credential.name}</NameLink>{' '}
              <span className="text-ink-3">{credential.type}</span>
              {credential.presence === 'missing' && <Status kind="bad" word="Missing" className="ml-2" />}
              <span className="block text-12 text-ink-3">in {credential.nodes.join(', ')}</span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
