'use client';

import { Check, Clock, type LucideIcon, RefreshCw, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { TierSquare } from '@/components/patterns/tier-mark';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Section } from '@/components/ui/section';
import type { Resolution } from '@/lib/features/drift/incidents/model';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { RESOLUTION_WORDS } from './incident-words';
import { ResolveDialog } from './resolve-dialog';

const ORDER: readonly [Resolution, LucideIcon][] = [
  ['revert', Undo2],
  ['keep', Check],
  ['accept', Clock],
  ['replace', RefreshCw],
];

/** The four ways out of a difference; each that is closed says why, and who could. */
export function ResolvePanel({ incident }: { incident: Incident }) {
  return (
    <Section title="Resolve" note="for this difference only">
      <ul>
        {ORDER.map(([resolution, icon]) => (
          <li key={resolution} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-2.5 border-b border-line py-3">
            <Icon of={icon} className="mt-0.5 text-ink-3" />
            <WayOut incident={incident} resolution={resolution} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function WayOut({ incident, resolution }: { incident: Incident; resolution: Resolution }) {
  const [opened, setOpened] = useState<{ at: number; driftDigest: string } | null>(null);
  const [open, setOpen] = useState(false);
  const action = incident.actions.find((one) => one.action === resolution);
  const { verb, does } = RESOLUTION_WORDS[resolution];
  const { environment } = incident;
  const writes = resolution === 'revert' || resolution === 'replace';
  const isProduction = writes && environment.class === 'production';
  const why = action?.allowed ? undefined : [action?.detail, action?.allowedBy].filter(Boolean).join(' ');
  return (
    <div>
      <p className="font-medium">{verb}</p>
      <p className="mt-0.5 text-ink-2">{does}</p>
      {action?.allowed && action.needsApproval && (
        <p className="mt-1 text-12 text-ink-3">The policy asks for a second person.</p>
      )}
      <div className="mt-2">
        <Button
          variant={isProduction ? 'prod' : undefined}
          why={why}
          onClick={() => {
            setOpened({ at: Date.now(), driftDigest: incident.driftDigest });
            setOpen(true);
          }}
        >
          {isProduction && <TierSquare tier="production" className="text-current" />}
          {writes ? `${verb} in ${environment.name}…` : `${verb}…`}
        </Button>
      </div>
      {opened && (
        <ResolveDialog
          key={opened.at}
          {...{ incident, resolution, open, isProduction }}
          onOpenChange={setOpen}
          seenDigest={opened.driftDigest}
          needsApproval={action?.needsApproval ?? false}
        />
      )}
    </div>
  );
}
