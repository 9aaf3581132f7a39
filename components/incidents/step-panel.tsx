'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { StepDialog } from './step-dialog';
import { STEP_WORDS, STEPS, type Step } from './step-words';

/** The steps before a resolution; each that can't be taken says why. */
export function StepPanel({ incident }: { incident: Incident }) {
  return (
    <Section title="On the way there">
      <ul>
        {STEPS.map((step) => (
          <li key={step} className="border-b border-line py-3">
            <TakeStep incident={incident} step={step} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function TakeStep({ incident, step }: { incident: Incident; step: Step }) {
  const [opened, setOpened] = useState(0);
  const [open, setOpen] = useState(false);
  const action = incident.actions.find((one) => one.action === step);
  const { verb, does } = STEP_WORDS[step];
  const why = action?.allowed ? undefined : [action?.detail, action?.allowedBy].filter(Boolean).join(' ');
  return (
    <>
      <p className="text-ink-2">{does}</p>
      {action?.allowed && action.needsApproval && (
        <p className="mt-1 text-12 text-ink-3">The policy asks for a second person.</p>
      )}
      <div className="mt-2">
        <Button
          why={why}
          onClick={() => {
            setOpened(opened + 1);
            setOpen(true);
          }}
        >
          {verb}…
        </Button>
      </div>
      {opened > 0 && (
        <StepDialog
          key={opened}
          {...{ incident, step, open }}
          onOpenChange={setOpen}
          needsApproval={action?.needsApproval ?? false}
        />
      )}
    </>
  );
}
