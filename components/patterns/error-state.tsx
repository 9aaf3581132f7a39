'use client';

import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '@/lib/core/errors';
import { Button } from '../ui/button';
import { CopyId } from '../ui/copy-id';
import { Glyph } from '../ui/glyph';
import { Icon } from '../ui/icon';
import { StateBlock } from './state-block';

type ErrorStateProps = {
  problem: Pick<Problem, 'title' | 'detail'> & Partial<Pick<Problem, 'status' | 'requestId' | 'errors' | 'allowedBy'>>;
  /** What did *not* happen: "Nothing was changed in eu-main or here." */
  unchanged: string;
  /** Present when retrying is safe; it is said so. */
  onRetry?: () => void;
  retrying?: boolean;
  /** Other ways out, such as replacing a key. */
  actions?: ReactNode;
};

/** A failure in full: the cause, what was not changed, whether retrying is safe, and the id to ask with. */
export function ErrorState({ problem, unchanged, onRetry, retrying, actions }: ErrorStateProps) {
  const title = problem.status ? `${problem.title} (${problem.status})` : problem.title;
  return (
    <div role="alert">
      <StateBlock
        mark={<Glyph kind="bad" className="size-4" />}
        title={title}
        actions={
          <>
            {onRetry && (
              <Button size="sm" onClick={onRetry} busy={retrying && 'Retrying…'}>
                <Icon of={RotateCw} className="size-3.5" />
                Retry
              </Button>
            )}
            {actions}
            {problem.requestId && <CopyId id={problem.requestId} noun="request id" />}
          </>
        }
      >
        <p>
          {problem.detail} {unchanged} {onRetry && 'Retrying is safe.'} {problem.allowedBy}
        </p>
        {problem.errors && (
          <ul className="mt-1.5 space-y-0.5">
            {problem.errors.map((error) => (
              <li key={`${error.path} ${error.message}`}>
                <code>{error.path || 'body'}</code> {error.message}
              </li>
            ))}
          </ul>
        )}
      </StateBlock>
    </div>
  );
}
