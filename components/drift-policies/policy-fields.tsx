'use client';

import { APPROVABLE_WORDS } from '@/components/incidents/incident-words';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Section } from '@/components/ui/section';
import { APPROVABLE_ACTIONS, TRACKED_CLASSES } from '@/lib/features/drift/drift-policies/model';
import { FIELD_WORDS, type PolicyValues } from './policy-words';

type PolicyFieldsProps = {
  values: PolicyValues;
  onChange(values: Partial<PolicyValues>): void;
  errorOf(path: string): string | undefined;
  /** Who looks without the right to change it reads the same fields. */
  readOnly: boolean;
};
type NumberField = { [K in keyof PolicyValues]: PolicyValues[K] extends number ? K : never }[keyof PolicyValues];
type FlagField = { [K in keyof PolicyValues]: PolicyValues[K] extends boolean ? K : never }[keyof PolicyValues];

/** Everything a policy says, in the order in which drift meets it. */
export function PolicyFields(props: PolicyFieldsProps) {
  return (
    <>
      <Section title="Looking">
        <div className="grid gap-3 pt-3">
          <Amount {...props} field="checkIntervalSeconds" unit="seconds" min={60} max={86_400} />
          <Choices {...props} field="incidentsIn" options={TRACKED_CLASSES} wordOf={(one) => one} />
          <Flag {...props} field="unmanagedIsDrift" />
        </div>
      </Section>
      <Section title="Time to deal with it" note="counted from detection; open incidents keep what they have">
        <div className="grid grid-cols-5 gap-3 pt-3 max-lg:grid-cols-2">
          {(['criticalHours', 'highHours', 'mediumHours', 'lowHours'] as const).map((field) => (
            <Amount key={field} {...props} field={field} unit="hours" min={1} max={8_760} />
          ))}
          <Amount {...props} field="warningHours" unit="hours; 0 never" min={0} max={8_760} />
        </div>
      </Section>
      <Section title="What it stops">
        <div className="grid justify-items-start gap-2 pt-3">
          <Flag {...props} field="blockOnDrift" />
          <Flag {...props} field="blockOnExpired" />
        </div>
      </Section>
      <Section title="Second person">
        <div className="grid gap-3 pt-3">
          <Choices
            {...props}
            field="approvalFor"
            options={APPROVABLE_ACTIONS}
            wordOf={(action) => APPROVABLE_WORDS[action]}
          />
          <Amount {...props} field="approvalHours" unit="hours" min={1} max={8_760} />
        </div>
      </Section>
      <Section title="Telling and keeping">
        <div className="grid gap-3 pt-3">
          <Flag {...props} field="notifyOnDetection" />
          <Flag {...props} field="notifyOnExpiry" />
          <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
            {(['checkDays', 'incidentDays', 'approvalDays'] as const).map((field) => (
              <Amount key={field} {...props} field={field} unit="days; 0 for ever" min={0} max={36_500} />
            ))}
          </div>
        </div>
      </Section>
    </>
  );
}

type AmountProps = PolicyFieldsProps & { field: NumberField; unit: string; min: number; max: number };

function Amount({ field, unit, min, max, values, onChange, errorOf, readOnly }: AmountProps) {
  const value = values[field];
  return (
    <Field label={FIELD_WORDS[field]} hint={unit} error={errorOf(field)} className="max-w-60">
      <Input
        type="number"
        {...{ min, max, readOnly }}
        value={Number.isNaN(value) ? '' : value}
        onChange={({ target }) => onChange({ [field]: target.value === '' ? Number.NaN : Number(target.value) })}
      />
    </Field>
  );
}

/** Where it says why nothing of it can be changed. */
export const READ_ONLY_WHY = 'policy-read-only';

function Flag({ field, values, onChange, readOnly }: PolicyFieldsProps & { field: FlagField }) {
  return (
    <Checkbox
      checked={values[field]}
      aria-disabled={readOnly || undefined}
      aria-describedby={readOnly ? READ_ONLY_WHY : undefined}
      onChange={({ target }) => !readOnly && onChange({ [field]: target.checked })}
    >
      {FIELD_WORDS[field]}
    </Checkbox>
  );
}

type ListField = 'incidentsIn' | 'approvalFor';
type ChoicesProps<F extends ListField> = PolicyFieldsProps & {
  field: F;
  options: readonly PolicyValues[F][number][];
  wordOf(option: PolicyValues[F][number]): string;
};

function Choices<F extends ListField>({ field, options, wordOf, values, onChange, readOnly }: ChoicesProps<F>) {
  const chosen: readonly string[] = values[field];
  const toggle = (option: PolicyValues[F][number], ticked: boolean) => {
    if (readOnly) return;
    onChange({ [field]: options.filter((one) => (one === option ? ticked : chosen.includes(one))) });
  };
  return (
    <fieldset>
      <legend className="mb-1 text-12 font-medium text-ink-2">{FIELD_WORDS[field]}</legend>
      <div className="flex flex-wrap gap-x-5">
        {options.map((option) => (
          <Checkbox
            key={option}
            checked={chosen.includes(option)}
            aria-disabled={readOnly || undefined}
            aria-describedby={readOnly ? READ_ONLY_WHY : undefined}
            onChange={({ target }) => toggle(option, target.checked)}
          >
            {wordOf(option)}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
