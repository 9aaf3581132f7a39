'use client';

import { CLASS_WORDS } from '@/components/drift/drift-words';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import type { Resolution } from '@/lib/features/drift/incidents/model';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { choosable, type ResolutionDraft } from './resolution-draft';

type ResolutionFieldsProps = {
  incident: Incident;
  resolution: Resolution;
  draft: ResolutionDraft;
  onChange(draft: ResolutionDraft): void;
};

/** Which workflows, why, and for an acceptance until when. */
export function ResolutionFields({ incident, resolution, draft, onChange }: ResolutionFieldsProps) {
  return (
    <div className="grid gap-3">
      <Scope incident={incident} draft={draft} onChange={onChange} />
      {resolution === 'accept' && (
        <Field label="Until the end of" hint="UTC. From then on it is drift again.">
          <Input
            type="date"
            value={draft.until}
            onChange={(event) => onChange({ ...draft, until: event.target.value })}
          />
        </Field>
      )}
      {resolution === 'keep' && (
        <Checkbox
          checked={draft.acceptSecrets}
          onChange={(event) => onChange({ ...draft, acceptSecrets: event.target.checked })}
        >
          Commit although secrets are written out. What is once in git stays there.
        </Checkbox>
      )}
      <Field label="Reason" hint="Stays with the incident, in the commit and in the audit log.">
        <Textarea
          value={draft.reason}
          onChange={(event) => onChange({ ...draft, reason: event.target.value })}
          maxLength={2_000}
          rows={2}
        />
      </Field>
    </div>
  );
}

function Scope({ incident, draft, onChange }: Omit<ResolutionFieldsProps, 'resolution'>) {
  const workflows = choosable(incident.affectedWorkflows);
  const others = incident.openCount - workflows.length;
  if (workflows.length < 2) return null;
  const ticked = draft.keys ?? new Set(workflows.map(({ key }) => key));
  const toggle = (key: string) => {
    const keys = new Set(ticked);
    if (!keys.delete(key)) keys.add(key);
    onChange({ ...draft, keys });
  };
  return (
    <fieldset>
      <legend className="mb-1 text-12 font-medium text-ink-2">Workflows, all of them unless you choose</legend>
      <div className="grid max-h-48 gap-0.5 overflow-y-auto">
        {workflows.map(({ key, name, driftClass }) => (
          <Checkbox key={key} checked={ticked.has(key)} onChange={() => toggle(key)}>
            {name} <span className="text-ink-3">{CLASS_WORDS[driftClass]}</span>
          </Checkbox>
        ))}
      </div>
      {others > 0 && (
        <p className="mt-1 text-12 text-ink-3">And {others} more, which are left out as soon as you choose.</p>
      )}
    </fieldset>
  );
}
