'use client';

import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { CopyId } from '@/components/ui/copy-id';
import { NameLink } from '@/components/ui/name-link';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import { useCredential } from './queries';

/** One credential of an instance: what it is, and what would break without it. */
export function CredentialPage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useCredential(id);
  const list = { label: 'Credentials', href: `/t/${slug}/credentials` };
  return (
    <Page crumbs={[list, { label: data?.name ?? 'Credential' }]} tier={data?.environment.class}>
      {error && <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />}
      {!data && !error && <SkeletonLines lines={8} label="the credential" />}
      {data && (
        <>
          <PageHead
            title={data.name}
            lede={
              <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <code>{data.type}</code>
                <EnvironmentName tier={data.environment.class} name={data.environment.name} />
                {data.presence === 'missing' && <Status kind="bad" word="Missing" />}
                <CopyId id={data.n8nId} noun="credential id" full />
                <Time at={data.seenAt} prefix="as of" className="text-ink-3" />
              </span>
            }
          />
          <Section title="Used by" note={data.usedBy.length}>
            {data.usedBy.length === 0 && <p className="py-3 text-ink-3">No workflow that was read uses it.</p>}
            <ul>
              {data.usedBy.map((use) => (
                <li key={use.workflowId} className="flex flex-wrap items-baseline gap-x-4 border-b border-line py-2">
                  <NameLink href={`/t/${slug}/workflows/${use.workflowId}`}>{use.name}</NameLink>
                  <Status kind={use.active ? 'ok' : 'wait'} word={use.active ? 'On' : 'Off'} />
                  <span className="text-12 text-ink-3">in {use.nodes.join(', ')}</span>
                </li>
              ))}
            </ul>
          </Section>
        </>
      )}
    </Page>
  );
}
