import type { StatusKind } from '@/components/ui/glyph';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import type { RunProblem } from '@/lib/features/change/journal/schema';

const CODE_WORDS: Record<RunProblem['code'], string> = {
  target_changed: 'Not what the plan was made for',
  changed_meanwhile: 'Edited by somebody during the run',
  write_refused: 'The instance refused',
  not_published: 'Not published',
  outcome_unknown: 'Outcome unknown',
  read_back_differs: 'Something else is there',
  not_undone: 'Could not be taken back',
  ambiguous_creation: 'Several could be the created one',
  not_verified: 'Could not be verified',
  stopped: 'Stopped',
  not_begun: 'Never begun',
};

const CODE_KIND: Partial<Record<RunProblem['code'], StatusKind>> = { outcome_unknown: 'unknown', stopped: 'hold' };

/** Why a run did not simply complete, by workflow, with every foreign edit it met. */
export function RunProblems({ problems }: { problems: readonly RunProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <Section title="What went wrong" note={problems.length}>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.code} ${problem.key} ${problem.detail}`} className="border-b border-line py-2.5">
            <span className="flex flex-wrap items-baseline gap-x-3">
              <Status kind={CODE_KIND[problem.code] ?? 'bad'} word={CODE_WORDS[problem.code]} />
              <b>{problem.name}</b>
              {problem.n8nId && <code className="text-12 text-ink-3">{problem.n8nId}</code>}
            </span>
            <p className="mt-0.5 text-ink-2">{problem.detail}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
