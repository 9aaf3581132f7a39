'use client';

import { useState } from 'react';
import { JobStages, useJobActive } from '@/components/jobs/job-stages';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button, ButtonLink } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { adoptEnvironment } from '@/lib/actions/snapshots';
import type { AdoptionPreview } from '@/lib/features/history/snapshots/approved-schema';
import { savedInWords } from './saved-in-words';

/** Adopts all, or what is ticked. Secrets that were found must be accepted in so many words. */
export function AdoptForm({ preview, selected }: { preview: AdoptionPreview; selected: ReadonlySet<string> }) {
  const { slug } = useTenant();
  const [message, setMessage] = useState('');
  const [acceptSecrets, setAcceptSecrets] = useState(false);
  const refresh = useRefresh('approved', 'environments', 'snapshots');
  const adopt = useAct(adoptEnvironment, { onSuccess: refresh });
  const active = useJobActive(adopt);
  const { environment, workflows } = preview;
  const there = workflows.flatMap(({ workflowId, change, secrets }) =>
    workflowId && change !== 'removed' ? [{ workflowId, secrets }] : [],
  );
  const ticked = there.filter(({ workflowId }) => selected.has(workflowId));
  const taken = selected.size > 0 ? ticked : there;
  const secrets = taken.reduce((sum, one) => sum + one.secrets.length, 0);
  const why = whyNot(preview, taken.length, secrets > 0 && !acceptSecrets);
  const send = () =>
    adopt.mutate({
      id: environment.id,
      workflowIds: selected.size > 0 ? ticked.map(({ workflowId }) => workflowId) : undefined,
      message: message.trim() || undefined,
      acceptSecrets,
    });
  return (
    <section aria-label="Adopt" className="mt-8 grid max-w-130 gap-3">
      <Field label="Message" hint="Optional. The first line of the commit.">
        <Input value={message} onChange={(event) => setMessage(event.target.value)} maxLength={500} />
      </Field>
      {secrets > 0 && (
        <Checkbox checked={acceptSecrets} onChange={(event) => setAcceptSecrets(event.target.checked)}>
          Commit although {secrets} {secrets === 1 ? 'secret is' : 'secrets are'} written out
        </Checkbox>
      )}
      <div>
        <Button
          variant={environment.class === 'production' ? 'prod' : 'primary'}
          why={why}
          busy={active && 'Adopting…'}
          onClick={send}
        >
          {selected.size > 0 ? `Adopt ${ticked.length} of ${there.length}` : `Adopt all ${there.length}`}
        </Button>
        <JobStages started={adopt}>
          {(job) => (
            <>
              <Note>{savedInWords(job.result)}</Note>
              <p>
                <ButtonLink size="sm" href={`/t/${slug}/environments/${environment.id}`}>
                  Back to {environment.name}
                </ButtonLink>
              </p>
            </>
          )}
        </JobStages>
      </div>
    </section>
  );
}

function whyNot({ adopt }: AdoptionPreview, count: number, secretsOpen: boolean): string | undefined {
  if (!adopt.allowed) return [adopt.detail, adopt.allowedBy].filter(Boolean).join(' ');
  if (count === 0) return 'Nothing is chosen that is there.';
  return secretsOpen ? 'Accept the secrets first, or leave out the workflows that have them.' : undefined;
}
