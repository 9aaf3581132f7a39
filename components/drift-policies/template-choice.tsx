'use client';

import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import type { DriftPolicy } from '@/lib/features/drift/drift-policies/schema';
import { FIELD_WORDS, type PolicyField, type PolicyValues, valueInWords } from './policy-words';
import { useDriftPolicyTemplates } from './queries';

/** What tells the templates apart. */
const TOLD: readonly PolicyField[] = [
  'criticalHours',
  'highHours',
  'mediumHours',
  'lowHours',
  'incidentsIn',
  'unmanagedIsDrift',
  'blockOnDrift',
  'blockOnExpired',
  'approvalFor',
];

type TemplateChoiceProps = {
  policy: DriftPolicy;
  why: string | undefined;
  /** Fills the form; nothing is saved by it. */
  onTake(values: PolicyValues): void;
};

/** The three starting points side by side, with what each means. Taking one fills the form; saving is another step. */
export function TemplateChoice({ policy, why, onTake }: TemplateChoiceProps) {
  const { data } = useDriftPolicyTemplates();
  return (
    <Section title="Templates" note={policy.template ? undefined : 'what is saved is none of them'}>
      {!data && <SkeletonLines lines={8} label="the templates" />}
      <ul className="grid grid-cols-3 gap-x-8 max-lg:grid-cols-1">
        {data?.items.map(({ key, name, description, policy: values }) => (
          <li key={key} className="flex flex-col border-b border-line py-4">
            <h3 className="flex flex-wrap items-center gap-x-3 font-semibold">
              {name}
              {policy.template === key && <Status kind="ok" word="in use" />}
            </h3>
            <p className="mt-1 text-ink-2">{description}</p>
            <dl className="mt-3 mb-4 grid gap-1 text-12">
              {TOLD.map((field) => (
                <div key={field} className="flex justify-between gap-3">
                  <dt className="text-ink-3">{FIELD_WORDS[field]}</dt>
                  <dd className="text-right">{valueInWords(field, values)}</dd>
                </div>
              ))}
            </dl>
            <span className="mt-auto">
              <Button
                size="sm"
                aria-label={`Take ${name}`}
                why={policy.template === key ? 'It is in use.' : why}
                onClick={() => onTake(values)}
              >
                Take {name}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
