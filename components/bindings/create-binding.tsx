'use client';

import { useId, useState } from 'react';
import { useEnvironments } from '@/components/environments/queries';
import { LineagePicker } from '@/components/lineages/lineage-picker';
import { FormProblem } from '@/components/patterns/form-problem';
import { useFormAction } from '@/components/patterns/use-form-action';
import { useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { createBinding } from '@/lib/actions/bindings';
import type { Binding } from '@/lib/features/change/bindings/schema';
import { KIND_WORDS } from './binding-words';
import { type BindingDraft, draftOf, readValue } from './draft';
import { type Said, SaidFields, saidOf } from './said-fields';
import { ValueFields } from './value-fields';

/** What is known already: from a cell of the credentials, say. */
export type Known = { environmentId?: string; kind?: Binding['kind']; requirement?: string };

const KINDS = Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }));
const NOTHING_SAID: Said = { reason: '', owner: '', expiresOn: '' };

/** Declares what a requirement is met by in an environment. */
export function CreateBindingDialog({ open, known, onClose }: { open: boolean; known: Known; onClose(): void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      width="wide"
      title="Declare a difference"
      description="What is declared is used by promotions and silent in drift. Somebody answers for it."
    >
      <CreateForm known={known} onClose={onClose} />
    </Dialog>
  );
}

function CreateForm({ known, onClose }: { known: Known; onClose(): void }) {
  const { draft, change, said, setSaid, environmentId, chooseEnvironment, lineageId, setLineageId, form, why, send } =
    useDeclaration(known, onClose);
  const isParameter = draft.kind === 'parameter';
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <EnvironmentField value={environmentId} onChange={chooseEnvironment} error={form.errorOf('environmentId')} />
        <Field label="Kind">
          <Select
            value={draft.kind}
            options={KINDS}
            onChange={(event) => change({ kind: event.target.value as Binding['kind'], thing: null })}
          />
        </Field>
      </div>
      <ForWhom required={isParameter} lineageId={lineageId} onChange={setLineageId} error={form.errorOf('lineageId')} />
      {!isParameter && (
        <Field label="What is required" hint={REQUIREMENT_HINT[draft.kind]} error={form.errorOf('requirement')}>
          <Input value={draft.requirement} onChange={(event) => change({ requirement: event.target.value })} />
        </Field>
      )}
      <ValueFields environmentId={environmentId} draft={draft} onChange={change} errorOf={form.errorOf} />
      <SaidFields said={said} onChange={setSaid} errorOf={form.errorOf} />
      <FormProblem problem={form.problem} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Leave it</Button>
        <Button variant="primary" why={why} busy={form.busy && 'Saving…'} onClick={send}>
          Declare it
        </Button>
      </div>
    </div>
  );
}

/** What is being declared, and the way to send it. */
function useDeclaration(known: Known, onDone: () => void) {
  const { slug } = useTenant();
  const refresh = useRefresh('bindings');
  const environments = useEnvironments().data?.items ?? [];
  const [chosen, setChosen] = useState(known.environmentId ?? '');
  const [lineageId, setLineageId] = useState<string | null>(null);
  const [draft, setDraft] = useState<BindingDraft>(() => draftOf(known));
  const [said, setSaid] = useState(NOTHING_SAID);
  const form = useFormAction(createBinding, {
    tenant: slug,
    onDone() {
      refresh();
      onDone();
    },
  });
  const environmentId = chosen || (environments.at(-1)?.id ?? '');
  const change = (part: Partial<BindingDraft>) => setDraft((current) => ({ ...current, ...part }));
  const read = readValue(draft);
  return {
    ...{ draft, change, said, environmentId, lineageId, setLineageId, form },
    setSaid: (part: Partial<Said>) => setSaid((current) => ({ ...current, ...part })),
    chooseEnvironment(id: string) {
      setChosen(id);
      change({ thing: null });
    },
    why: whyNot(draft, read, lineageId, said),
    send() {
      if (!('value' in read)) return;
      const requirement = draft.kind === 'parameter' ? undefined : draft.requirement.trim();
      const { kind } = draft;
      void form.submit({ environmentId, lineageId, kind, requirement, value: read.value, ...saidOf(said) });
    },
  };
}

function EnvironmentField(props: { value: string; onChange(id: string): void; error?: string }) {
  const environments = useEnvironments().data?.items ?? [];
  return (
    <Field label="Environment" error={props.error}>
      <Select
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        options={environments.map(({ id, name, class: tier }) => ({ value: id, label: `${name} (${tier})` }))}
      />
    </Field>
  );
}

const REQUIREMENT_HINT: Record<Binding['kind'], string> = {
  credential: 'Its type and name in the source: httpHeaderAuth:Shop API',
  workflow: 'The name of the workflow in the source.',
  variable: 'The name of the variable in the source.',
  data_table: 'The name of the data table in the source.',
  parameter: '',
};

function whyNot(draft: BindingDraft, read: ReturnType<typeof readValue>, lineageId: string | null, { reason }: Said) {
  if (draft.kind === 'parameter' ? !lineageId : !draft.requirement.trim()) {
    return draft.kind === 'parameter' ? 'Choose the workflow it belongs to.' : 'Say what is required.';
  }
  if ('missing' in read) return read.missing;
  return reason.trim() ? undefined : 'Say why.';
}

type ForWhomProps = { required: boolean; lineageId: string | null; onChange(id: string | null): void; error?: string };

/** For every workflow of the environment, or for one of them alone. */
function ForWhom({ required, lineageId, onChange, error }: ForWhomProps) {
  const name = useId();
  const [alone, setAlone] = useState(false);
  const open = required || alone;
  return (
    <div>
      <Checkbox
        checked={!open}
        onChange={(event) => {
          setAlone(!event.target.checked);
          onChange(null);
        }}
      >
        For every workflow there
      </Checkbox>
      {required && <p className="text-12 text-ink-3">A parameter belongs to one workflow.</p>}
      {open && <LineagePicker name={name} value={lineageId ?? ''} onChange={onChange} />}
      {error && <p className="text-12 text-bad">{error}</p>}
    </div>
  );
}
