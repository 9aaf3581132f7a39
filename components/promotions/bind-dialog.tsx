'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { draftOf, readValue } from '@/components/bindings/draft';
import { bindings } from '@/components/bindings/queries';
import { type Said, SaidFields, saidOf } from '@/components/bindings/said-fields';
import { ValueFields } from '@/components/bindings/value-fields';
import { FormProblem } from '@/components/patterns/form-problem';
import { useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Note } from '@/components/ui/note';
import { createBinding, updateBinding } from '@/lib/actions/bindings';
import { refreshPromotion } from '@/lib/actions/promotions';
import { act } from '@/lib/client/act';
import { toShownProblem } from '@/lib/client/problem-error';
import type { CreateBinding } from '@/lib/features/change/bindings/schema';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';
import type { PromotionProblem } from './missing';

type Bindable = PromotionProblem & Required<Pick<PromotionProblem, 'binding'>>;
type BindDialogProps = { promotion: Promotion; problem: Bindable; open: boolean; onClose(): void };

/** Whether a binding in the target would settle a problem. */
export const isBindable = (problem: PromotionProblem): problem is Bindable => problem.binding !== undefined;

/** Says what meets a requirement in the target, and makes the plan anew with it. */
export function BindDialog({ promotion, problem, open, onClose }: BindDialogProps) {
  const { target } = promotion.route;
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      width="wide"
      title={`${problem.binding.requirement} in ${target.name}`}
      description="It is kept for later promotions, silent in drift, and reviewed by somebody. The plan is made anew with it; nothing is written to an instance."
    >
      <BindForm promotion={promotion} problem={problem} onClose={onClose} />
    </Dialog>
  );
}

function BindForm({ promotion, problem, onClose }: Omit<BindDialogProps, 'open'>) {
  const { kind, requirement, candidates } = problem.binding;
  const environmentId = promotion.targetEnvironmentId;
  const [draft, setDraft] = useState(() => ({
    ...draftOf({ kind, requirement }),
    thing: candidates.length === 1 ? candidates[0]! : null,
  }));
  const [said, setSaid] = useState<Said>({ reason: '', owner: '', expiresOn: '' });
  const [general, setGeneral] = useState(true);
  const bind = useBind(promotion, problem);
  const problemShown = bind.error && toShownProblem(bind.error);
  const errorOf = (path: string) => problemShown?.errors?.find((error) => error.path === path)?.message;
  const read = readValue(draft);
  const why = 'missing' in read ? read.missing : said.reason.trim() ? undefined : 'Say why.';
  const send = () => {
    if (!('value' in read)) return;
    const lineageId = general ? null : problem.lineageId;
    bind.mutate(
      { environmentId, lineageId, kind, requirement, value: read.value, ...saidOf(said) },
      { onSuccess: onClose },
    );
  };
  return (
    <div className="grid gap-3">
      <Note>{problem.detail}</Note>
      <ValueFields
        environmentId={environmentId}
        draft={draft}
        onChange={(part) => setDraft((current) => ({ ...current, ...part }))}
        errorOf={errorOf}
      />
      {problem.lineageId && (
        <Checkbox checked={general} onChange={(event) => setGeneral(event.target.checked)}>
          For every workflow there, not for {problem.name} alone
        </Checkbox>
      )}
      <SaidFields said={said} onChange={(part) => setSaid((current) => ({ ...current, ...part }))} errorOf={errorOf} />
      <FormProblem problem={problemShown} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Leave it</Button>
        <Button variant="primary" why={why} busy={bind.isPending && 'Binding and planning anew…'} onClick={send}>
          Bind it
        </Button>
      </div>
    </div>
  );
}

/** One that was declared before and no longer holds is changed; there is one for each requirement. */
function useBind(promotion: Promotion, { binding: { kind, requirement } }: Bindable) {
  const { slug } = useTenant();
  const refresh = useRefresh('bindings', 'promotions');
  const query = { environmentId: promotion.targetEnvironmentId, kind, search: requirement };
  const { data } = useQuery(bindings(slug, query));
  return useMutation({
    async mutationFn(input: CreateBinding) {
      const standing = data?.items.find(
        (one) => one.requirement === requirement && (one.lineage?.id ?? null) === (input.lineageId ?? null),
      );
      const { value, reason, owner, expiresAt } = input;
      if (standing) await act(updateBinding, slug, { id: standing.id, value, reason, owner, expiresAt });
      else await act(createBinding, slug, input);
      return act(refreshPromotion, slug, { id: promotion.id });
    },
    onSettled: refresh,
  });
}
