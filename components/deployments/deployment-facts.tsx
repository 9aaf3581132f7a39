import { useTenant } from '@/components/shell/tenant';
import { CopyId } from '@/components/ui/copy-id';
import { KeyValues } from '@/components/ui/key-values';
import { Section } from '@/components/ui/section';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { Deployment } from '@/lib/features/delivery/deployments/schema';

/** What surrounds a deployment: its plan, snapshots, commit, times and job. */
export function DeploymentFacts({ deployment }: { deployment: Deployment }) {
  const base = `/t/${useTenant().slug}`;
  const { planDigest, snapshots, commitSha, startedAt, finishedAt, jobId, route } = deployment;
  return (
    <Section title="Facts">
      <div className="pt-3">
        <KeyValues
          items={[
            ['Plan', <CopyId key="plan" id={planDigest} noun="plan digest" />],
            ['From', route.source.name],
            ...snapshots.map(
              ({ id, kind, createdAt }) =>
                [
                  `Snapshot, ${kind}`,
                  <TextLink key={id} href={`${base}/snapshots/${id}`}>
                    <Time at={createdAt} show="full" />
                  </TextLink>,
                ] as const,
            ),
            commitSha && ['Approved as', <CopyId key="commit" id={commitSha} noun="commit" />],
            startedAt && ['Started', <Time key="started" at={startedAt} show="full" />],
            finishedAt && ['Finished', <Time key="finished" at={finishedAt} show="full" />],
            jobId && [
              'Job',
              <TextLink key="job" href={`${base}/activity/${jobId}`}>
                in the activity
              </TextLink>,
            ],
          ]}
        />
      </div>
    </Section>
  );
}
