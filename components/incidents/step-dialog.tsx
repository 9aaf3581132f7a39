'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { acknowledgeIncident, extendIncident, requestDriftApproval, stabilizeIncident } from '@/lib/actions/drift';
import { act } from '@/lib/client/act';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { STEP_WORDS, type Step } from './step-words';

const FIRST = { reason: '', ticket: '', hours: '24' };
const MAX_HOURS = 8_760;

type StepDialogProps = {
  incident: Incident;
  step: Step;
  open: boolean;
  onOpenChange(open: boolean): void;
  needsApproval: boolean;
};

/** Takes one step, or asks a second person for it where the policy says so. */
export function StepDialog({ incident, step, open, onOpenChange, needsApproval }: StepDialogProps) {
  const [draft, setDraft] = useState(FIRST);
  const take = useTakeStep({ id: incident.id, step, needsApproval }, () => onOpenChange(false));
  const { verb, does } = STEP_WORDS[step];
  const set = (field: keyof typeof FIRST) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [field]: event.target.value });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={verb}
      description={does}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Leave it</Button>
          <Button
            variant="primary"
            why={whyNot(step, draft)}
            busy={take.isPending && 'Sending…'}
            onClick={() => take.mutate(draft)}
          >
            {needsApproval ? 'Ask for approval' : verb}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {step === 'extend' && (
          <Field label="Hours" hint="At most a year.">
            <Input type="number" min={1} max={MAX_HOURS} value={draft.hours} onChange={set('hours')} />
          </Field>
        )}
        {step === 'acknowledge' && !needsApproval && (
          <Field label="Ticket" hint="Optional.">
            <Input value={draft.ticket} onChange={set('ticket')} maxLength={200} />
          </Field>
        )}
        <Field label="Reason" hint={step === 'extend' ? 'Stays in the timeline.' : 'Optional. Stays in the timeline.'}>
          <Textarea value={draft.reason} onChange={set('reason')} maxLength={2_000} rows={2} />
        </Field>
        <FormProblem problem={take.error && toShownProblem(take.error)} />
      </div>
    </Dialog>
  );
}

function whyNot(step: Step, { reason, hours }: typeof FIRST): string | undefined {
  if (step !== 'extend') return undefined;
  const count = Number(hours);
  if (!Number.isInteger(count) || count < 1 || count > MAX_HOURS) return `Between 1 and ${MAX_HOURS} whole hours.`;
  return reason.trim() ? undefined : 'Say why first.';
}

type Taken = { id: string; step: Step; needsApproval: boolean };

function useTakeStep({ id, step, needsApproval }: Taken, onDone: () => void) {
  const { slug } = useTenant();
  const refresh = useRefresh('incidents');
  return useMutation({
    async mutationFn(draft: typeof FIRST): Promise<unknown> {
      const reason = draft.reason.trim() || undefined;
      const ticket = draft.ticket.trim() || undefined;
      const hours = step === 'extend' ? Number(draft.hours) : undefined;
      if (needsApproval && step !== 'stabilize') {
        return act(requestDriftApproval, slug, { incidentId: id, action: step, reason, hours });
      }
      if (step === 'acknowledge') return act(acknowledgeIncident, slug, { id, reason, ticket });
      if (step === 'stabilize') return act(stabilizeIncident, slug, { id, reason });
      return act(extendIncident, slug, { id, hours: Number(draft.hours), reason: reason ?? '' });
    },
    onSuccess() {
      refresh();
      onDone();
    },
  });
}
