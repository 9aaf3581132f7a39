import { DiffMark } from '@/components/patterns/diff-mark';
import { useTenant } from '@/components/shell/tenant';
import { NameLink } from '@/components/ui/name-link';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import type { DeployedWorkflow, Deployment } from '@/lib/features/delivery/deployments/schema';
import { CHANGE_MARK, RESULT_WORDS } from './deployment-words';

/** How each workflow came out: what was read back and found right, and what nobody can look at. */
export function DeployedWorkflows({ deployment: { workflows } }: { deployment: Deployment }) {
  return (
    <Section title="Workflows" note={workflows.length}>
      <ul>
        {workflows.map((workflow) => (
          <Line key={workflow.key} workflow={workflow} />
        ))}
      </ul>
    </Section>
  );
}

function Line({ workflow }: { workflow: DeployedWorkflow }) {
  const { slug } = useTenant();
  const { key, name, workflowId, change, status, verified, unverified } = workflow;
  const preImage = `?tab=diff&workflow=${encodeURIComponent(key)}`;
  return (
    <li className="border-b border-line py-2">
      <span className="flex flex-wrap items-center gap-x-3">
        <DiffMark kind={CHANGE_MARK[change]} />
        {workflowId ? <NameLink href={`/t/${slug}/workflows/${workflowId}`}>{name}</NameLink> : <b>{name}</b>}
        <Status {...RESULT_WORDS[status]} />
        <NameLink href={preImage} className="ml-auto text-12" aria-label={`Pre-image of ${name}`}>
          {change === 'created' ? 'what was made' : 'pre-image'}
        </NameLink>
      </span>
      {verified.map((what) => (
        <span key={what} className="block text-12">
          <Status kind="ok" word={what} className="whitespace-normal" />
        </span>
      ))}
      {unverified.map((what) => (
        <span key={what} className="block text-12">
          <Status kind="unknown" word={`not verified: ${what}`} className="whitespace-normal" />
        </span>
      ))}
    </li>
  );
}
