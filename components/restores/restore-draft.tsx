import { DiffMark } from '@/components/patterns/diff-mark';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import type { RestoreItem, RestoreProblem } from '@/lib/features/history/restore/schema';
import { ACTION_MARK, ACTION_WORDS } from './restore-words';

type RestoreDraftProps = {
  workflows: readonly RestoreItem[];
  unchanged: number;
  left: readonly string[];
  problems: readonly RestoreProblem[];
};

/** What a restore does to which workflow, what it leaves, and what one should know first. */
export function RestoreDraft({ workflows, unchanged, left, problems }: RestoreDraftProps) {
  return (
    <>
      {problems.length > 0 && (
        <Section title="To know first" note={problems.length}>
          <ul>
            {problems.map((problem) => (
              <li key={`${problem.code} ${problem.name}`} className="border-b border-line py-2.5">
                <Status
                  kind={problem.severity === 'blocking' ? 'bad' : 'warn'}
                  word={problem.severity === 'blocking' ? 'Blocks' : 'Warning'}
                />{' '}
                {problem.name && <b>{problem.name}: </b>}
                {problem.detail} <span className="text-ink-2">{problem.remedy}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Workflows" note={`${workflows.length} written, ${unchanged} already so`}>
        <ul>
          {workflows.map((item) => (
            <li key={item.key} className="flex min-h-9 flex-wrap items-center gap-x-3 border-b border-line py-1.5">
              <DiffMark kind={ACTION_MARK[item.action]} />
              <b>{item.name}</b>
              <span className="text-ink-2">{ACTION_WORDS[item.action]}</span>
              {item.n8nId && <code className="text-12 text-ink-3">{item.n8nId}</code>}
            </li>
          ))}
        </ul>
        {left.length > 0 && (
          <p className="py-3 text-ink-2">
            Not in the snapshot, and left alone: <b>{left.slice(0, 12).join(', ')}</b>
            {left.length > 12 && ` and ${left.length - 12} more`}
          </p>
        )}
      </Section>
    </>
  );
}
