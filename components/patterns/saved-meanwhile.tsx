'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import type { Problem } from '@/lib/core/errors';
import { FormProblem } from './form-problem';
import type { Basis } from './use-basis';

/** Why nothing is sent until one of the two is chosen. */
export const OVERTAKEN = 'Decide first what becomes of the other change.';

type SavedMeanwhileProps = {
  /** `the policy`, as it stands in a sentence. */
  what: ReactNode;
  /** What theirs is, beside what was typed. */
  children?: ReactNode;
  onTakeTheirs(): void;
  /** Absent while theirs is not read yet. */
  onKeepMine?(): void;
  /** Reads again what is saved, where the live stream has not brought it. */
  onLook(): void;
};

/** Somebody saved while this was typed: nothing is lost, and one of the two goes on. */
export function SavedMeanwhile({ what, children, onTakeTheirs, onKeepMine, onLook }: SavedMeanwhileProps) {
  return (
    <div role="alert">
      <Note tone="warn">
        <p>Somebody else changed {what}. Nothing of yours was saved, and nothing is lost.</p>
        {children}
        <span className="mt-2 flex flex-wrap gap-2">
          {onKeepMine ? (
            <Button size="sm" onClick={onKeepMine}>
              Put mine over it
            </Button>
          ) : (
            <Button size="sm" onClick={onLook}>
              Read theirs
            </Button>
          )}
          <Button size="sm" onClick={onTakeTheirs}>
            Take theirs
          </Button>
        </span>
      </Note>
    </div>
  );
}

type Form = { busy: boolean; problem: Problem | null };
type BasisProblemProps = { what: ReactNode; basis: Basis; form: Form; onLook(): void };

/** An own change moves the version too, before its answer is there. */
const isOvertaken = (basis: Basis, form: Form) => basis.isOvertaken && !form.busy;

/** Why it can’t be sent as it is; undefined when it can. */
export const overtakenWhy = (basis: Basis, form: Form) => (isOvertaken(basis, form) ? OVERTAKEN : undefined);

/** What is wrong with a form that changes what others may change too: their change, or what it was refused for. */
export function BasisProblem({ what, basis, form, onLook }: BasisProblemProps) {
  const [decided, setDecided] = useState<Problem | null>(null);
  const { problem } = form;
  const overtaken = isOvertaken(basis, form);
  const refused = problem?.code === 'version_mismatch';
  const keepMine = () => {
    setDecided(problem);
    basis.keepMine();
  };
  if (!overtaken && !refused) return <FormProblem problem={problem} />;
  if (!overtaken && problem === decided) return null;
  return (
    <SavedMeanwhile
      what={what}
      onTakeTheirs={() => {
        onLook();
        basis.takeTheirs();
      }}
      onKeepMine={overtaken ? keepMine : undefined}
      onLook={onLook}
    />
  );
}
