import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';

/** Why it differs, who answers for it, and until when. `expiresOn`: a day as `2027-03-31`; empty: for good. */
export type Said = { reason: string; owner: string; expiresOn: string };

type SaidFieldsProps = { said: Said; onChange(part: Partial<Said>): void; errorOf(path: string): string | undefined };

/** What every declared difference must say about itself. */
export function SaidFields({ said, onChange, errorOf }: SaidFieldsProps) {
  return (
    <>
      <Field label="Reason" error={errorOf('reason')}>
        <Textarea value={said.reason} onChange={(event) => onChange({ reason: event.target.value })} rows={2} />
      </Field>
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <Field label="Who answers for it" hint="A person or a team. Empty: you." error={errorOf('owner')}>
          <Input value={said.owner} onChange={(event) => onChange({ owner: event.target.value })} maxLength={200} />
        </Field>
        <Field label="Ends on" hint="Optional. From then on it counts as drift." error={errorOf('expiresAt')}>
          <Input type="date" value={said.expiresOn} onChange={(event) => onChange({ expiresOn: event.target.value })} />
        </Field>
      </div>
    </>
  );
}

/** What is sent: the end of the last day, UTC. */
export const saidOf = ({ reason, owner, expiresOn }: Said) => ({
  reason: reason.trim(),
  owner: owner.trim() || undefined,
  expiresAt: expiresOn ? `${expiresOn}T23:59:59.000Z` : null,
});
