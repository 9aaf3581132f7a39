'use client';

import { type FormEvent, useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { OVERTAKEN } from '@/components/patterns/saved-meanwhile';
import { useFormAction } from '@/components/patterns/use-form-action';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toast';
import { Why } from '@/components/ui/why';
import { updateDriftPolicy } from '@/lib/actions/drift';
import type { DriftPolicy } from '@/lib/features/drift/drift-policies/schema';
import { PolicyConflict } from './policy-conflict';
import { change, isChanged, isOvertaken, NO_CHANGES, type PolicyDraft, shownOf, whyNot } from './policy-draft';
import { PolicyFields, READ_ONLY_WHY } from './policy-fields';
import { TemplateChoice } from './template-choice';

const ADMIN_ONLY = 'An admin of the organisation changes the policy.';

/** The policy as it is and as it would be. What somebody else saves meanwhile is said, and nothing typed is lost. */
export function PolicyForm({ saved }: { saved: DriftPolicy }) {
  const { slug } = useTenant();
  const may = useMay('drift-policy:write');
  const refresh = useRefresh('drift-policies');
  const [draft, setDraft] = useState<PolicyDraft>(NO_CHANGES);
  const [sentOver, setSentOver] = useState<number | null>(null);
  const form = useFormAction(updateDriftPolicy, {
    tenant: slug,
    ifMatch: draft.basedOn ?? saved.version,
    onDone() {
      refresh();
      setDraft(NO_CHANGES);
      toast({ kind: 'ok', title: 'The policy is saved' });
    },
  });
  const values = shownOf(saved, draft);
  const refused = form.problem?.code === 'version_mismatch' && sentOver === draft.basedOn;
  const overtaken = refused || isOvertaken(draft, saved);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSentOver(draft.basedOn);
    void form.submit(draft.changes);
  };
  const why = whyNotSave(may, overtaken, isChanged(draft)) ?? whyNot(values);
  return (
    <form onSubmit={submit} noValidate>
      <TemplateChoice
        policy={saved}
        why={may ? undefined : ADMIN_ONLY}
        onTake={(template) => setDraft(change(draft, saved, template))}
      />
      {!may && <Why id={READ_ONLY_WHY}>{ADMIN_ONLY}</Why>}
      <PolicyFields
        values={values}
        readOnly={!may}
        errorOf={form.errorOf}
        onChange={(next) => setDraft(change(draft, saved, next))}
      />
      <div className="sticky bottom-0 mt-6 grid gap-2 border-t border-line bg-surface-1 py-3">
        {overtaken && isChanged(draft) ? (
          <PolicyConflict
            {...{ saved, draft }}
            onTakeTheirs={() => setDraft(NO_CHANGES)}
            onKeepMine={() => setDraft({ ...draft, basedOn: saved.version })}
            onLook={refresh}
          />
        ) : (
          <FormProblem problem={form.problem} />
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" why={why} busy={form.busy && 'Saving…'}>
            Save the policy
          </Button>
          {isChanged(draft) && (
            <Button variant="ghost" onClick={() => setDraft(NO_CHANGES)}>
              Leave it as it was
            </Button>
          )}
          {saved.updatedAt && <Time at={saved.updatedAt} prefix="last changed" className="text-12 text-ink-3" />}
        </div>
      </div>
    </form>
  );
}

function whyNotSave(may: boolean, overtaken: boolean, changed: boolean): string | undefined {
  if (!may) return ADMIN_ONLY;
  if (!changed) return 'Nothing was changed.';
  return overtaken ? OVERTAKEN : undefined;
}
