'use client';

import { Braces } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Json } from '@/lib/workflow/model';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { cx } from '../../ui/class-names';
import { Icon } from '../../ui/icon';
import { Section } from '../../ui/section';
import { type DiffKind, DiffMark } from '../diff-mark';
import { typeWord } from '../workflow-graph/graph-model';
import { NodeIcon } from '../workflow-graph/node-icon';
import { type DetailRow, detailOf } from './change-detail-model';
import type { Comparison, ListedChange } from './compare-workflows';
import { TextChanges } from './text-changes';

const HEAD = 'border-b border-line py-2 pr-3 text-left text-12 font-medium text-ink-3';
const CELL = 'border-b border-line py-1.5 pr-3 align-top';

/** Longer values are cut here and whole in the JSON. */
const MAX_LENGTH = 400;

type ChangeDetailProps = {
  comparison: Comparison;
  listed: ListedChange;
  /** How the two sides are called: "Production now", "after publishing". */
  labels: { before: string; after: string };
};

/** What exactly changed: values before and after, texts line by line, and the JSON when asked for. */
export function ChangeDetail({ comparison, listed, labels }: ChangeDetailProps) {
  const detail = useMemo(() => detailOf(comparison, listed.change), [comparison, listed]);
  const [showsJson, setShowsJson] = useState(false);
  const values = detail.rows.filter((row) => !row.text);
  const texts = detail.rows.filter((row) => row.text);
  return (
    <Section
      title={detail.title}
      note={
        detail.nodeType && (
          <Badge>
            <NodeIcon type={detail.nodeType} className="size-3" /> {typeWord(detail.nodeType)}
          </Badge>
        )
      }
      actions={
        <Button size="sm" variant="ghost" aria-expanded={showsJson} onClick={() => setShowsJson(!showsJson)}>
          <Icon of={Braces} className="size-3.5" /> {showsJson ? 'Hide JSON' : 'Show JSON'}
        </Button>
      }
      className="mt-4"
    >
      {values.length > 0 && <ValueTable rows={values} labels={labels} />}
      {texts.map((row) => (
        <TextRow key={row.path} row={row} title={detail.title} />
      ))}
      {showsJson && (
        <div className="mt-4">
          <TextChanges
            before={pretty(detail.json.before)}
            after={pretty(detail.json.after)}
            label={`JSON of ${detail.title}`}
          />
        </div>
      )}
    </Section>
  );
}

function TextRow({ row: { path, before, after }, title }: { row: DetailRow; title: string }) {
  return (
    <div className="mt-4">
      <p className="mb-2 flex items-center gap-2">
        <DiffMark kind="change" /> <code>{path}</code>
      </p>
      <TextChanges before={String(before)} after={String(after)} label={`${path} of ${title}`} />
    </div>
  );
}

function ValueTable({ rows, labels }: { rows: readonly DetailRow[]; labels: ChangeDetailProps['labels'] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section tabIndex={0} aria-label="Values" className="scroll-x">
      <table className="w-full border-collapse">
        <thead>
          <tr>
            <th scope="col" className={HEAD}>
              Parameter
            </th>
            <th scope="col" className={HEAD}>
              {labels.before}
            </th>
            <th scope="col" className={HEAD}>
              {labels.after}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.path} className={cx(row.chosen && rows.length > 1 && 'bg-accent-soft')}>
              <th scope="row" className={cx(CELL, 'w-[1%] text-left font-normal whitespace-nowrap')}>
                <span className="flex items-center gap-2 pl-1">
                  <DiffMark kind={kindOf(row)} /> <code>{row.path}</code>
                </span>
              </th>
              <td className={CELL}>
                <Value value={row.before} looks="text-diff-remove line-through" />
              </td>
              <td className={CELL}>
                <Value value={row.after} looks="font-semibold text-diff-add" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function kindOf({ before, after }: DetailRow): DiffKind {
  if (before === undefined) return 'add';
  return after === undefined ? 'remove' : 'change';
}

function Value({ value, looks }: { value: Json | undefined; looks: string }) {
  if (value === undefined) return <span className="text-ink-3">absent</span>;
  if (value === '') return <span className="text-ink-3">empty text</span>;
  const text = pretty(value);
  return (
    <code className={cx('block max-w-[60ch] whitespace-pre-wrap wrap-anywhere', looks)}>
      {text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text}
    </code>
  );
}

function pretty(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}
