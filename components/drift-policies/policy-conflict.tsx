'use client';

import { SavedMeanwhile } from '@/components/patterns/saved-meanwhile';
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

/** Somebody saved meanwhile: what they have and what was typed, side by side. */
export function PolicyConflict({ saved, draft, onTakeTheirs, onKeepMine, onLook }: PolicyConflictProps) {
  const mine = shownOf(saved, draft);
  const fields = Object.keys(draft.changes) as PolicyField[];
  const known = draft.basedOn !== saved.version;
  return (
    <SavedMeanwhile
      what={<>the policy {saved.updatedAt && known && <Time at={saved.updatedAt} />}</>}
      onTakeTheirs={onTakeTheirs}
      onKeepMine={known ? onKeepMine : undefined}
      onLook={onLook}
    >
      {known && (
        <ul className="mt-1">
          {fields.map((field) => (
            <li key={field}>
              {FIELD_WORDS[field]}: saved {valueInWords(field, saved)}, yours {valueInWords(field, mine)}
            </li>
          ))}
        </ul>
      )}
    </SavedMeanwhile>
  );
}
