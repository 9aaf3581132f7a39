'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { workflow } from '@/components/workflows/queries';
import { WorkflowPicker } from '@/components/workflows/workflow-picker';
import { linkWorkflow } from '@/lib/actions/lineages';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowIdentity } from '@/lib/features/change/lineages/schema';
import { LineagePicker } from './lineage-picker';

const WAYS = [
  { value: 'lineage', label: 'To a lineage' },
  { value: 'workflow', label: 'Same as a workflow' },
] as const;
type Way = (typeof WAYS)[number]['value'];

/** Says which lineage a workflow belongs to, or which workflow of another environment is the same one. */
export function LinkDialog(props: { open: boolean; identity: WorkflowIdentity; onClose(): void }) {
  const { open, identity, onClose } = props;
  const radioName = useId();
  const [way, setWay] = useState<Way>('lineage');
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const refresh = useRefresh('lineages');
  const link = useAct(linkWorkflow, { onSuccess: refresh });
  const choose = (next: Way) => {
    setWay(next);
    setChosen('');
  };
  const send = () => {
    const to = way === 'lineage' ? { lineageId: chosen } : { sameAsWorkflowId: chosen };
    link.mutate({ id: identity.workflowId, ...to, reason: reason.trim() || undefined }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={`Link ${identity.name}`}
      description={`Which workflow is it, of those in other environments? It is then compared and promoted together with them. ${identity.lineage ? `Its link to ${identity.lineage.name} is replaced.` : ''}`}
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            variant="primary"
            why={chosen ? undefined : 'Choose what it belongs to.'}
            busy={link.isPending && 'Linking…'}
            onClick={send}
          >
            Link
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <Segmented label="How" value={way} options={WAYS} onChange={choose} />
        {way === 'lineage' ? (
          <LineagePicker name={radioName} value={chosen} onChange={setChosen} />
        ) : (
          <SameAs value={chosen} onChange={setChosen} />
        )}
        <Field label="Reason" hint="Optional. Stays with the link.">
          <Input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} />
        </Field>
        <FormProblem problem={link.error && toShownProblem(link.error)} />
      </div>
    </Dialog>
  );
}

function SameAs({ value, onChange }: { value: string; onChange(id: string): void }) {
  const { slug } = useTenant();
  const { data } = useQuery({ ...workflow(slug, value), enabled: value !== '' });
  return <WorkflowPicker label="The same as" value={value} chosen={data} onChange={onChange} />;
}
