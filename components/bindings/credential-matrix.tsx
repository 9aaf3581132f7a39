'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { useEnvironments } from '@/components/environments/queries';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { FilterSelect } from '@/components/shell/filter-select';
import { useMay, useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { toShownProblem } from '@/lib/client/problem-error';
import type { CredentialCell, CredentialMatrix as Matrix } from '@/lib/features/change/bindings/schema';
import { HOW_WORDS } from './binding-words';
import { CreateBindingDialog, type Known } from './create-binding';
import { useCredentialMatrix } from './queries';

type Row = { requirement: string; type: string; name: string; workflows: number; cells: CredentialCell[] };
type Choose = ((known: Known) => void) | null;
const NONE: readonly never[] = [];

/** Credentials that an environment uses, and how every other one meets them: what a promotion would find. */
export function CredentialMatrix() {
  const [source, setSource] = useQueryState('source', parseAsString.withDefault(''));
  const { data, error, refetch, isPlaceholderData } = useCredentialMatrix(source);
  const [known, setKnown] = useState<Known | null>(null);
  const { slug } = useTenant();
  const environments = useEnvironments().data?.items ?? NONE;
  const mayChoose = useMay('binding:write');
  const columns = useMemo(() => {
    const unread = new Set(environments.filter(({ axes }) => axes.freshness.status === 'never').map(({ id }) => id));
    return data ? columnsFor(slug, data, unread, mayChoose ? setKnown : null) : [];
  }, [slug, data, environments, mayChoose]);
  return (
    <>
      <div className="mt-4 mb-2 flex flex-wrap items-center gap-3">
        <FilterSelect
          label="Source"
          anyLabel="Source: the first dev"
          value={source}
          options={environments.map(({ id, name, class: tier }) => ({ value: id, label: `${name} (${tier})` }))}
          onChange={(id) => void setSource(id || null)}
        />
        {data?.source && (
          <span className="flex flex-wrap items-center gap-x-2 text-ink-2">
            What <EnvironmentName tier={data.source.class} name={data.source.name} /> uses
          </span>
        )}
      </div>
      <DataTable
        label="credentials by environment"
        columns={columns}
        rows={data?.rows}
        rowId={({ requirement }) => requirement}
        rowName={({ name }) => name}
        lines={2}
        refreshing={isPlaceholderData}
        problem={error && toShownProblem(error)}
        onRetry={refetch}
        empty={
          <EmptyState
            title="No credential is used"
            why="The workflows of this environment name none, or it was not read yet."
            next={
              <ButtonLink size="sm" href={`/t/${slug}/environments`}>
                Go to the environments
              </ButtonLink>
            }
          />
        }
      />
      <CreateBindingDialog
        key={`${known?.environmentId} ${known?.requirement}`}
        open={known !== null}
        known={known ?? {}}
        onClose={() => setKnown(null)}
      />
    </>
  );
}

function columnsFor(
  slug: string,
  { environments, source }: Matrix,
  unread: ReadonlySet<string>,
  choose: Choose,
): DataColumn<Row>[] {
  return [
    {
      id: 'name',
      header: 'Credential',
      phone: 'title',
      rowHeader: true,
      cell: ({ name, type, workflows }) => (
        <div>
          <b>{name}</b>
          <span className="block text-12 text-ink-3">
            {type} · {workflows} {workflows === 1 ? 'workflow' : 'workflows'}
          </span>
        </div>
      ),
    },
    ...environments.map(
      (environment, index): DataColumn<Row> => ({
        id: environment.id,
        header: environment.name,
        headerNode: <EnvironmentName tier={environment.class} name={environment.name} />,
        cell: ({ cells, requirement }) =>
          environment.id === source?.id ? (
            <span className="text-ink-3">source</span>
          ) : unread.has(environment.id) ? (
            <Status kind="unknown" word="never read" />
          ) : (
            <Cell cell={cells[index]} slug={slug} requirement={requirement} choose={choose} />
          ),
      }),
    ),
  ];
}

type CellProps = { cell: CredentialCell | undefined; slug: string; requirement: string; choose: Choose };

function Cell({ cell, slug, requirement, choose }: CellProps) {
  if (!cell) return <span className="text-ink-3">not asked</span>;
  const { how, thing, environmentId, bindingId } = cell;
  const list = `/t/${slug}/bindings?environmentId=${environmentId}&q=${encodeURIComponent(requirement)}`;
  const open = how !== 'declared' && how !== 'name';
  return (
    <span className="block whitespace-normal">
      <Status {...HOW_WORDS[how]} />
      {thing && <span className="block text-12 text-ink-2">{thing.name}</span>}
      {how === 'declared' && !thing && <span className="block text-12 text-ink-2">the same as in the source</span>}
      {bindingId && (
        <TextLink className="text-12" href={list}>
          see the binding
        </TextLink>
      )}
      {open && !bindingId && choose && (
        <span className="block pt-1">
          <Button size="sm" onClick={() => choose({ environmentId, kind: 'credential', requirement })}>
            Choose…
          </Button>
        </span>
      )}
    </span>
  );
}
