import type { JournalEntry } from '@/components/patterns/journal';
import { CopyId } from '@/components/ui/copy-id';
import { Time } from '@/components/ui/time';
import type { DeploymentStatus } from '@/lib/features/delivery/deployments/model';
import type { Deployment } from '@/lib/features/delivery/deployments/schema';

/** Only what was verified becomes what is approved. */
const NOTHING_FOLLOWS: readonly DeploymentStatus[] = ['compensating', 'failed', 'rolled_back', 'needs_attention'];

/** What surrounds the steps of a deployment in its journal: the plan it was made for, and what was kept afterwards. */
export function deploymentRecord(deployment: Deployment): { before: JournalEntry[]; after: JournalEntry[] } {
  const { planDigest, startedAt, finishedAt, commitSha, status } = deployment;
  const before: JournalEntry[] = startedAt
    ? [
        {
          id: 'checked',
          kind: 'ok',
          said: 'done',
          time: <Time show="clock" at={startedAt} />,
          title: (
            <>
              Plan <CopyId id={planDigest} noun="plan digest" /> checked again: nothing had moved
            </>
          ),
        },
      ]
    : [];
  if (NOTHING_FOLLOWS.includes(status)) return { before, after: [] };
  const kept: JournalEntry = {
    id: 'kept',
    kind: commitSha ? 'ok' : 'wait',
    said: commitSha ? 'done' : 'not yet',
    time: commitSha && finishedAt && <Time show="clock" at={finishedAt} />,
    title: commitSha ? (
      <>
        Kept in git as approved, commit <CopyId id={commitSha} noun="commit" />; links and baseline moved
      </>
    ) : (
      'Approved state, links and baseline move'
    ),
  };
  return { before, after: [kept] };
}
