'use client';

import type { ReactNode } from 'react';
import { EnvironmentPage } from '@/components/environments/environment-page';
import { EmptyState } from '@/components/patterns/empty-state';
import { ErrorState } from '@/components/patterns/error-state';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Environment } from '@/lib/features/connections/environments/schema';
import { CheckList } from './check-list';
import { CheckNow, CheckProgress } from './check-now';
import { DriftState } from './drift-state';
import { countsInWords } from './drift-words';
import { FlagList } from './flag-list';
import { useFindings } from './queries';

/** The drift tab of an environment: how it stands, check now, what differs, and every check there was. */
export function EnvironmentDrift({ id }: { id: string }) {
  return (
    <EnvironmentPage id={id} tab="/drift">
      {(environment) => (
        <>
          <Section title="Drift" actions={<CheckNow environment={environment} size="sm" />}>
            <div className="pt-3">
              <DriftState environment={environment} />
              <CheckProgress environmentId={id} />
            </div>
          </Section>
          {environment.class !== 'dev' && <Findings environment={environment} />}
          <Section title="Checks">
            <CheckList environmentId={id} />
          </Section>
        </>
      )}
    </EnvironmentPage>
  );
}

function Findings({ environment }: { environment: Environment }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useFindings(environment);
  const incidents = (
    <ButtonLink size="sm" href={`/t/${slug}/incidents?environmentId=${environment.id}`}>
      Its incidents
    </ButtonLink>
  );
  const note = data && (
    <>
      {countsInWords(data)} <Time at={data.startedAt} prefix="as of" />
    </>
  );
  return (
    <Section title="What differs" note={note} actions={incidents}>
      {error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : data === null ? (
        <EmptyState
          title="Nothing is known yet"
          why="No check has succeeded here. Only a check can say that nothing differs."
          next={incidents}
        />
      ) : (
        <FlagList
          flags={data?.flags}
          count={data?.flagCount}
          empty={<Nothing status={data?.status} next={incidents} />}
        />
      )}
    </Section>
  );
}

function Nothing({ status, next }: { status: string | undefined; next: ReactNode }) {
  if (status === 'no_baseline') {
    return <EmptyState title="No baseline" why="Nothing is approved, so nothing could be compared." next={next} />;
  }
  return <EmptyState title="Nothing differs" why="Every approved workflow is there as it was approved." next={next} />;
}
