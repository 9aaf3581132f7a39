import type { Problem } from '@/lib/core/errors';
import { CopyId } from '../ui/copy-id';
import { Note } from '../ui/note';

/** What went wrong with a form as a whole, said when it appears. What was typed is still there. */
export function FormProblem({ problem }: { problem: Problem | null }) {
  return (
    <div role="alert" className="empty:hidden">
      {problem && (
        <Note tone="bad">
          {problem.detail} {problem.allowedBy}{' '}
          {problem.status >= 500 && problem.requestId && <CopyId id={problem.requestId} noun="request id" />}
        </Note>
      )}
    </div>
  );
}
