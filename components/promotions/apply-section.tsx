'use client';

import { deploymentRecord } from '@/components/deployments/deployment-record';
import { runOf } from '@/components/deployments/deployment-words';
import { useDeployment } from '@/components/deployments/queries';
import { RunProblems } from '@/components/journal/run-problems';
import { RunProgress } from '@/components/journal/run-progress';
import { RunTimeline } from '@/components/journal/run-timeline';
import { ErrorState } from '@/components/patterns/error-state';
import { ProgressSteps, writeSteps } from '@/components/patterns/progress-steps';
import { useTenant } from '@/components/shell/tenant';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { TextLink } from '@/components/ui/text-link';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';
import { countOf } from './promotion-words';

/** The steps while they are made, and the record afterwards. */
export function ApplySection({ promotion, sending }: { promotion: Promotion; sending: boolean }) {
  const { slug } = useTenant();
  const { deploymentId } = promotion;
  return (
    <Section
      title={<span id="apply">Apply</span>}
      actions={deploymentId && <TextLink href={`/t/${slug}/deployments/${deploymentId}`}>Open the deployment</TextLink>}
    >
      {deploymentId ? <Record id={deploymentId} /> : <NotYet promotion={promotion} sending={sending} />}
    </Section>
  );
}

function NotYet({ promotion: { plan, status }, sending }: { promotion: Promotion; sending: boolean }) {
  const over = ['rejected', 'cancelled', 'expired'].includes(status);
  if (over) return <p className="py-3 text-ink-2">It was {status} before anything was written.</p>;
  const reads = plan?.steps.filter(({ action }) => action === 'probe').length ?? 0;
  const writes = (plan?.steps.length ?? 0) - reads;
  return (
    <div className="pt-3">
      {sending ? (
        <ProgressSteps label="Progress" steps={writeSteps('sending')} />
      ) : (
        <p>
          {countOf(writes, 'write')}, each read back{reads > 0 && `, and ${countOf(reads, 'webhook')} asked`}.
        </p>
      )}
      <p className="mt-2 text-ink-2">
        Steps appear here while it runs and stay as the record. If anything fails, what was written is put back.
      </p>
    </div>
  );
}

function Record({ id }: { id: string }) {
  const { data, error, refetch } = useDeployment(id);
  if (error) return <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />;
  if (!data) return <SkeletonLines lines={8} label="the steps" />;
  const run = runOf(data);
  return (
    <>
      <RunProgress run={run} />
      <RunProblems problems={run.problems} />
      <div className="pt-4">
        <RunTimeline run={run} {...deploymentRecord(data)} />
      </div>
    </>
  );
}
