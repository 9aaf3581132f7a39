'use client';

import dynamic from 'next/dynamic';
import { CLASS_WORDS, isDrawn, isMoreThanDrawn } from '@/components/drift/drift-words';
import { useTenant } from '@/components/shell/tenant';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import type { Affected } from './use-chosen-workflow';

const DriftedPicture = dynamic(() => import('@/components/drift/drifted-picture'), {
  ssr: false,
  // As far as the fold: what stands below does not move in sight when the picture comes.
  loading: () => <SkeletonLines lines={24} label="the picture" />,
});

type WhatDiffersProps = { incident: Incident; chosen: Affected | undefined };

/** How the chosen workflow differs: in sentences as the check found it, and drawn while it still does. */
export function WhatDiffers({ incident, chosen }: WhatDiffersProps) {
  const { slug } = useTenant();
  if (!chosen) return null;
  const { workflowId, status, settledAt, name } = chosen;
  const live = status === 'open' && incident.status !== 'closed';
  const drawn = live && workflowId !== null && isDrawn(chosen.classes);
  const full = workflowId && (
    <TextLink href={`/t/${slug}/workflows/${workflowId}?tab=drift`}>The whole workflow</TextLink>
  );
  return (
    <Section
      title={`What ${live ? 'differs' : 'differed'} in ${name}`}
      note={chosen.classes.map((one) => CLASS_WORDS[one]).join(', ')}
      actions={full}
    >
      {(!drawn || isMoreThanDrawn(chosen.classes)) && <Sentences affected={chosen} />}
      <Reasons affected={chosen} />
      {drawn && (
        <div className="mt-2">
          <DriftedPicture workflowId={workflowId} />
        </div>
      )}
      {!live && settledAt && (
        <p className="py-2 text-ink-3">
          This is what was found. It was settled <Time at={settledAt} />.
        </p>
      )}
      {live && (
        <div className="mt-4">
          <Note>
            Every decision here is for this difference only. If {incident.environment.name} moves again, nothing that
            was decided is done.
          </Note>
        </div>
      )}
    </Section>
  );
}

function Sentences({ affected: { sentences } }: { affected: Affected }) {
  return (
    <ul aria-label="What the check found" className="pt-2">
      {sentences.map((sentence) => (
        <li key={sentence} className="py-1">
          {sentence}
        </li>
      ))}
    </ul>
  );
}

function Reasons({ affected: { reasons, severity } }: { affected: Affected }) {
  if (reasons.length === 0) return null;
  return (
    <p className="py-2 text-12 text-ink-3">
      Why it is {severity}: {reasons.map(({ message }) => message).join(' ')}
    </p>
  );
}
