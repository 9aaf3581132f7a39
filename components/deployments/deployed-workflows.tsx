import { DiffMark } from '@/components/patterns/diff-mark';
import { useTenant } from '@/components/shell/tenant';
import { cx } from '@/components/ui/class-names';
import { Glyph } from '@/components/ui/glyph';
import { NameLink } from '@/components/ui/name-link';
import { Section } from '@/components/ui/section';
import { STATUS_INK, Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
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
        <TextLink href={preImage} className="ml-auto text-12">
          {change === 'created' ? 'what was made' : 'pre-image'}
          <span className="sr-only"> of {name}</span>
        </TextLink>
      </span>
      {verified.map((what) => (
        <Finding key={what} kind="ok" what={what} />
      ))}
      {unverified.map((what) => (
        <Finding key={what} kind="unknown" what={`not verified: ${what}`} />
      ))}
    </li>
  );
}

/** A sentence, so it may take several lines where a state takes one. */
function Finding({ kind, what }: { kind: 'ok' | 'unknown'; what: string }) {
  return (
    <p className={cx('mt-0.5 flex items-start gap-1.5 text-12', STATUS_INK[kind])}>
      <Glyph kind={kind} className="mt-px" />
      {what}
    </p>
  );
}
