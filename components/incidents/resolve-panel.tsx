'use client';

import { Check, Clock, type LucideIcon, RefreshCw, Undo2 } from 'lucide-react';
import { TierSquare } from '@/components/patterns/tier-mark';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Section } from '@/components/ui/section';
import type { Resolution } from '@/lib/features/drift/incidents/model';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { RESOLUTION_WORDS } from './incident-words';
import type { Decision } from './resolve-dialog';

const ORDER: readonly [Resolution, LucideIcon][] = [
  ['revert', Undo2],
  ['keep', Check],
  ['accept', Clock],
  ['replace', RefreshCw],
];

/** The four ways out of a difference; each that is closed says why, and who could. */
export function ResolvePanel({ incident, onDecide }: { incident: Incident; onDecide(decision: Decision): void }) {
  return (
    <Section title="Resolve" note="for this difference only">
      <ul>
        {ORDER.map(([resolution, icon]) => (
          <li key={resolution} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-2.5 border-b border-line py-3">
            <Icon of={icon} className="mt-0.5 text-ink-3" />
            <WayOut {...{ incident, resolution, onDecide }} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

type WayOutProps = { incident: Incident; resolution: Resolution; onDecide(decision: Decision): void };

function WayOut({ incident, resolution, onDecide }: WayOutProps) {
  const action = incident.actions.find((one) => one.action === resolution);
  const { verb, does } = RESOLUTION_WORDS[resolution];
  const { environment, driftDigest } = incident;
  const writes = resolution === 'revert' || resolution === 'replace';
  const isProduction = writes && environment.class === 'production';
  const needsApproval = action?.needsApproval ?? false;
  const why = action?.allowed ? undefined : [action?.detail, action?.allowedBy].filter(Boolean).join(' ');
  return (
    <div>
      <p className="font-medium">{verb}</p>
      <p className="mt-0.5 text-ink-2">{does}</p>
      {action?.allowed && needsApproval && (
        <p className="mt-1 text-12 text-ink-3">The policy asks for a second person.</p>
      )}
      <div className="mt-2">
        <Button
          variant={isProduction ? 'prod' : undefined}
          why={why}
          onClick={() => onDecide({ at: Date.now(), resolution, seenDigest: driftDigest, isProduction, needsApproval })}
        >
          {isProduction && <TierSquare tier="production" className="text-current" />}
          {writes ? `${verb} in ${environment.name}…` : `${verb}…`}
        </Button>
      </div>
    </div>
  );
}
