'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button, ButtonLink } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { acceptSuggestion, rejectSuggestion } from '@/lib/actions/lineages';
import { toShownProblem } from '@/lib/client/problem-error';
import type { LinkSuggestion } from '@/lib/features/change/lineages/schema';

/** Accept, reject or look closer; or how it was decided. */
export function SuggestionActions({ suggestion, slug }: { suggestion: LinkSuggestion; slug: string }) {
  const [rejecting, setRejecting] = useState(false);
  const may = useMay('lineage:write');
  const refresh = useRefresh('lineages');
  const accept = useAct(acceptSuggestion, { onSuccess: refresh });
  if (suggestion.status !== 'open') return <Decided suggestion={suggestion} />;
  const { id, workflow, counterpart } = suggestion;
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <ButtonLink
        size="sm"
        href={`/t/${slug}/workflows/compare?left=${counterpart.workflowId}&right=${workflow.workflowId}`}
      >
        Compare
      </ButtonLink>
      {may ? (
        <>
          <Button
            size="sm"
            variant="primary"
            busy={accept.isPending && 'Linking…'}
            onClick={() => accept.mutate({ id })}
          >
            Link them
          </Button>
          <Button size="sm" onClick={() => setRejecting(true)}>
            Not the same…
          </Button>
        </>
      ) : (
        <span className="text-12 text-ink-3">Deciding takes the role developer.</span>
      )}
      <FormProblem problem={accept.error && toShownProblem(accept.error)} />
      <Reject suggestion={suggestion} open={rejecting} onClose={() => setRejecting(false)} />
    </span>
  );
}

function Decided({ suggestion: { status, decidedBy, decidedAt, comment } }: { suggestion: LinkSuggestion }) {
  return (
    <span className="block whitespace-normal">
      <Status kind={status === 'accepted' ? 'ok' : 'hold'} word={status === 'accepted' ? 'Linked' : 'Not the same'} />
      <span className="block text-12 text-ink-3">
        {decidedBy?.label} {decidedAt && <Time at={decidedAt} />} {comment && `· ${comment}`}
      </span>
    </span>
  );
}

function Reject(props: { suggestion: LinkSuggestion; open: boolean; onClose(): void }) {
  const { suggestion, open, onClose } = props;
  const { id, workflow, counterpart } = suggestion;
  const [comment, setComment] = useState('');
  const refresh = useRefresh('lineages');
  const reject = useAct(rejectSuggestion, { onSuccess: refresh });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title="They are not the same?"
      description={`${workflow.name} in ${workflow.environment.name} and ${counterpart.name} in ${counterpart.environment.name} are not suggested again. They can still be linked by hand.`}
      confirm="Not the same"
      keep="Leave it open"
      variant="primary"
      busy={reject.isPending && 'Saving…'}
      onConfirm={() => reject.mutate({ id, comment: comment.trim() || undefined }, { onSuccess: onClose })}
    >
      <Field label="Comment" hint="Optional.">
        <Input value={comment} onChange={(event) => setComment(event.target.value)} maxLength={500} />
      </Field>
      <FormProblem problem={reject.error && toShownProblem(reject.error)} />
    </ConfirmDialog>
  );
}
