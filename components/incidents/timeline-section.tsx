'use client';

import { type FormEvent, useState } from 'react';
import { useMe } from '@/components/account/queries';
import { FormProblem } from '@/components/patterns/form-problem';
import { Journal, type JournalEntry } from '@/components/patterns/journal';
import { useFormAction } from '@/components/patterns/use-form-action';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Section } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import { noteOnIncident } from '@/lib/actions/drift';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { tellEntry } from './timeline-words';

/** What happened, in order, by whom; what is due; and room for a note. */
export function TimelineSection({ incident }: { incident: Incident }) {
  const due = incident.status === 'closed' || incident.expiredAt !== null ? [] : [toDue(incident)];
  return (
    <Section title="Timeline">
      <div className="pt-2">
        <Journal label="Timeline" entries={[...incident.timeline.map(toEntry), ...due]} />
        <NoteForm incidentId={incident.id} />
      </div>
    </Section>
  );
}

function toEntry(entry: Incident['timeline'][number]): JournalEntry {
  const { kind, words, quote } = tellEntry(entry);
  return {
    id: entry.id,
    kind,
    said: '',
    time: <Time show="minute" at={entry.at} />,
    title: words,
    detail: quote && <q>{quote}</q>,
    took: (
      <>
        {entry.actor.type === 'system' ? 'n8n Ops' : entry.actor.label} · <Time show="date" at={entry.at} />
      </>
    ),
  };
}

const toDue = ({ dueAt }: Incident): JournalEntry => ({
  id: 'due',
  kind: 'wait',
  said: 'not yet',
  time: <Time show="minute" at={dueAt} />,
  title: 'Due. Then it escalates',
  took: <Time at={dueAt} />,
});

function NoteForm({ incidentId }: { incidentId: string }) {
  const { slug } = useTenant();
  const name = useMe().data?.user?.name ?? '';
  const may = useMay('incident:write');
  const refresh = useRefresh('incidents');
  const [text, setText] = useState('');
  const form = useFormAction(noteOnIncident, {
    tenant: slug,
    onDone: () => {
      setText('');
      refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (may && text.trim()) void form.submit({ id: incidentId, text: text.trim() });
  };
  const why = may ? (text.trim() ? undefined : 'Write something first.') : 'Your role only looks at incidents.';
  return (
    <form onSubmit={submit} className="mt-3 flex flex-wrap items-center gap-2">
      <Avatar name={name} />
      <Input
        aria-label="Note"
        placeholder="Add a note"
        value={text}
        onChange={(event) => setText(event.target.value)}
        maxLength={2_000}
        className="min-w-48 flex-1"
      />
      <Button type="submit" why={why} busy={form.busy && 'Saving…'}>
        Note
      </Button>
      <FormProblem problem={form.problem} />
    </form>
  );
}
