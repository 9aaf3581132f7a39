'use client';

import { useTenant } from '@/components/shell/tenant';
import { CopyId } from '@/components/ui/copy-id';
import { KeyValues } from '@/components/ui/key-values';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { Restore } from '@/lib/features/history/restore/schema';

/** Per workflow what was read back and found as planned, and what could not be verified. */
export function RestoreOutcome({ restore: { outcome, workflows } }: { restore: Restore }) {
  if (!outcome) {
    return (
      <Section title="Workflows" note={workflows.length}>
        <ul>
          {workflows.map(({ key, name }) => (
            <li key={key} className="flex min-h-9 items-center gap-3 border-b border-line py-1.5">
              <b className="min-w-0 truncate">{name}</b>
              <Status kind="wait" word="not verified yet" className="ml-auto" />
            </li>
          ))}
        </ul>
      </Section>
    );
  }
  return (
    <Section title="Verified" note={outcome.workflows.length}>
      <ul>
        {outcome.workflows.map(({ key, name, verified, unverified }) => (
          <li key={key} className="border-b border-line py-2">
            <b>{name}</b>
            {verified.map((what) => (
              <span key={what} className="block">
                <Status kind="ok" word={what} />
              </span>
            ))}
            {unverified.map((what) => (
              <span key={what} className="block">
                <Status kind="unknown" word={`not verified: ${what}`} />
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What was kept on the way stays in git, and these with it. */
export function KeptSecrets({ secrets }: { secrets: NonNullable<Restore['outcome']>['secrets'] }) {
  if (secrets.length === 0) return null;
  return (
    <Section title="Secrets in git" note={secrets.length}>
      <ul>
        {secrets.map(({ workflow, node, path, message }) => (
          <li key={`${workflow} ${node} ${path}`} className="border-b border-line py-2">
            <Status kind="warn" word={workflow} /> {node}: {message}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What surrounds the run: snapshots before and after, times, the job. */
export function RestoreFacts({ restore }: { restore: Restore }) {
  const base = `/t/${useTenant().slug}`;
  const { preSnapshotId, postSnapshotId, startedAt, finishedAt, jobId, plan, reason } = restore;
  return (
    <Section title="Facts">
      <div className="pt-3">
        <KeyValues
          items={[
            ['Plan', <CopyId key="plan" id={plan.digest} noun="plan digest" />],
            reason && ['Reason', reason],
            [
              'Before',
              preSnapshotId ? <SnapshotLink key="pre" id={preSnapshotId} word="what ran before" /> : 'not kept yet',
            ],
            [
              'After',
              postSnapshotId ? (
                <SnapshotLink key="post" id={postSnapshotId} word="what stands since" />
              ) : (
                'not kept yet'
              ),
            ],
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

function SnapshotLink({ id, word }: { id: string; word: string }) {
  return <TextLink href={`/t/${useTenant().slug}/snapshots/${id}`}>{word}</TextLink>;
}
