'use client';

import { useQuery } from '@tanstack/react-query';
import { workflowDrift } from '@/components/lineages/queries';
import { ErrorState } from '@/components/patterns/error-state';
import { useTenant } from '@/components/shell/tenant';
import { CopyId } from '@/components/ui/copy-id';
import { KeyValues } from '@/components/ui/key-values';
import { Note } from '@/components/ui/note';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowDrift } from '@/lib/features/drift/drift-detection/schema';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { CheckNow, CheckProgress } from './check-now';
import { CLASS_WORDS, EXPECTED_WORDS, isDrawn, SEVERITY_WORDS, WORKFLOW_DRIFT_WORDS } from './drift-words';
import DriftedPicture from './drifted-picture';

/** How a workflow stands to what was approved, by the newest good check: said, drawn, and what is done about it. */
export default function WorkflowDriftTab({ workflow }: { workflow: WorkflowDetail }) {
  const { data, error, refetch } = useQuery(workflowDrift(useTenant().slug, workflow.id));
  if (error) return <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />;
  if (!data) return <SkeletonLines lines={14} label="the drift" />;
  return (
    <>
      <Standing drift={data} environment={workflow.environment} />
      <CheckProgress environmentId={workflow.environment.id} />
      <Facts drift={data} />
      {data.difference?.sentences.map((sentence) => (
        <p key={sentence} className="mt-2">
          {sentence}
        </p>
      ))}
      {data.difference && isDrawn(data.difference.classes) && (
        <div className="mt-5">
          <DriftedPicture workflowId={workflow.id} />
        </div>
      )}
    </>
  );
}

function Standing({ drift, environment }: { drift: WorkflowDrift; environment: WorkflowDetail['environment'] }) {
  const { says, ...said } = WORKFLOW_DRIFT_WORDS[drift.status];
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Status {...said} />
        <span className="text-ink-2">{says}</span>
        {drift.checkedAt && <Time at={drift.checkedAt} prefix="checked" className="text-ink-3" />}
        <span className="ml-auto max-md:ml-0">
          <CheckNow environment={environment} size="sm" />
        </span>
      </div>
      {drift.problem && (
        <Note tone="unknown">
          The newest check failed: {drift.problem.detail}{' '}
          {drift.checkedAt ? 'What is said here is as old as the last good one.' : 'There was no good one before.'}
        </Note>
      )}
    </div>
  );
}

function Facts({ drift: { difference, approved, incidentId } }: { drift: WorkflowDrift }) {
  const { slug } = useTenant();
  if (!difference && !approved) return null;
  const expected = difference?.expected;
  return (
    <div className="mt-4">
      <KeyValues
        items={[
          difference && ['Differs', difference.classes.map((one) => CLASS_WORDS[one]).join(', ')],
          difference && !expected && ['Severity', <Status key="severity" {...SEVERITY_WORDS[difference.severity]} />],
          expected && ['No drift', `${EXPECTED_WORDS[expected.by]} by ${expected.who}: ${expected.reason}`],
          expected?.until && ['Until', <Time key="until" at={expected.until} show="full" />],
          approved && ['Approved', <Time key="approved" at={approved.approvedAt} show="full" />],
          approved && ['Commit', <CopyId key="commit" id={approved.commitSha} noun="commit" />],
          incidentId && [
            'Incident',
            <TextLink key="incident" href={`/t/${slug}/incidents/${incidentId}`}>
              What is done about it
            </TextLink>,
          ],
        ]}
      />
    </div>
  );
}
