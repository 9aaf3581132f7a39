'use client';

import { Button } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import { Time } from '@/components/ui/time';
import type { DriftPolicy } from '@/lib/features/drift/drift-policies/schema';
import { type PolicyDraft, shownOf } from './policy-draft';
import { FIELD_WORDS, type PolicyField, valueInWords } from './policy-words';

type PolicyConflictProps = {
  saved: DriftPolicy;
  draft: PolicyDraft;
  onTakeTheirs(): void;
  onKeepMine(): void;
  /** Reads again what is saved, where the live stream has not brought it. */
  onLook(): void;
};

/** Somebody saved meanwhile: what they have and what was typed, side by side, and which of the two goes on. */
export function PolicyConflict({ saved, draft, onTakeTheirs, onKeepMine, onLook }: PolicyConflictProps) {
  const mine = shownOf(saved, draft);
  const fields = Object.keys(draft.changes) as PolicyField[];
  const known = draft.basedOn !== saved.version;
  return (
    <div role="alert">
      <Note tone="warn">
        <p>
          Somebody else changed the policy {saved.updatedAt && known && <Time at={saved.updatedAt} />}. Nothing of yours
          was saved, and nothing is lost.
        </p>
        {known && (
          <ul className="mt-1">
            {fields.map((field) => (
              <li key={field}>
                {FIELD_WORDS[field]}: saved {valueInWords(field, saved)}, yours {valueInWords(field, mine)}
              </li>
            ))}
          </ul>
        )}
        <span className="mt-2 flex flex-wrap gap-2">
          {known ? (
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
