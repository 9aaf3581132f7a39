'use client';

import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { CopyId } from '@/components/ui/copy-id';
import { KeyValues } from '@/components/ui/key-values';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { Environment } from '@/lib/features/connections/environments/schema';
import type { ApprovedState } from '@/lib/features/history/snapshots/approved-schema';
import { AdoptLink } from './adopt-link';
import { useApproved } from './queries';
import { RefreshApproved } from './refresh-approved';
import { SaveApproved } from './save-approved';

/** What the environment should run, as git holds it, and how that is changed: saved in dev, adopted elsewhere. */
export function ApprovedSection({ environment }: { environment: Environment }) {
  const { data } = useApproved(environment.id);
  return (
    <Section
      title="Approved state"
      note={data && (data.baseline ? `${data.workflows.length} workflows in git` : undefined)}
    >
      {data ? (
        <Known environment={environment} approved={data} />
      ) : (
        <SkeletonLines lines={3} label="the approved state" />
      )}
    </Section>
  );
}

function Known({ environment, approved }: { environment: Environment; approved: ApprovedState }) {
  const { slug } = useTenant();
  const { id, class: tier } = environment;
  return (
    <div className="grid gap-3 pt-3">
      {approved.baseline ? <Facts approved={approved} /> : <NoBaseline tier={tier} />}
      {approved.problems.length > 0 && (
        <Note tone="warn">
          {approved.problems.length} things in git can’t be taken as approved: {approved.problems[0]!.message}
        </Note>
      )}
      <div className="flex flex-wrap items-start gap-2">
        {tier === 'dev' ? (
          <SaveApproved environment={environment} approved={approved} />
        ) : (
          <AdoptLink approved={approved} />
        )}
        {approved.baseline && (
          <ButtonLink href={`/t/${slug}/snapshots/compare?from=approved:${id}&to=now:${id}`}>
            Compare with what is there
          </ButtonLink>
        )}
        <RefreshApproved environmentId={id} />
      </div>
    </div>
  );
}

function NoBaseline({ tier }: { tier: Environment['class'] }) {
  return (
    <p className="text-ink-2">
      <Status kind="unknown" word="No baseline" />
      <span className="block">
        {tier === 'dev'
          ? 'Nothing was saved yet. Saving commits what is there to git, as the state that promotions begin from.'
          : 'Nothing is approved for it yet, so it can’t drift. Adopt what runs there, or promote to it.'}
      </span>
    </p>
  );
}

function Facts({ approved: { approvedAt, by, message, commitSha } }: { approved: ApprovedState }) {
  return (
    <KeyValues
      items={[
        approvedAt && ['Since', <Time key="at" at={approvedAt} show="full" />],
        by && ['By', by.name],
        message && ['Message', message],
        commitSha && ['Commit', <CopyId key="commit" id={commitSha} noun="commit" />],
      ]}
    />
  );
}
