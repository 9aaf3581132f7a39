import { Axis } from '@/components/patterns/axis';
import { DiffMark } from '@/components/patterns/diff-mark';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { TierSquare } from '@/components/patterns/tier-mark';
import { Verdict } from '@/components/patterns/verdict';
import { LiveIndicator } from '@/components/shell/live-indicator';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { CopyId } from '@/components/ui/copy-id';
import { KeyValues } from '@/components/ui/key-values';
import { Note } from '@/components/ui/note';
import { Time } from '@/components/ui/time';
import { Part } from './part';

/** Type, tiers, states, marks, facts. */
export function MarkParts({ now }: { now: string }) {
  const before = (seconds: number) => new Date(Date.parse(now) - seconds * 1000).toISOString();
  return (
    <>
      <Part name="Type">
        <p className="text-28 font-semibold">28 Due in 23 h 22 min</p>
        <p className="text-20">20 Verdicts and titles</p>
        <p className="text-16">16 Dialog titles, verdict on phones</p>
        <p className="text-14 font-semibold">14 Section headings</p>
        <p>
          13 Everything else, <span className="text-ink-2">second</span>, <span className="text-ink-3">third ink</span>
        </p>
        <p className="text-12 text-ink-3">12 Ages, meta, table heads</p>
        <code>12 mono c4d019…7b, PUT /workflows/7hWq2N</code>
      </Part>
      <Part name="Tier marks">
        <div className="flex flex-wrap gap-4">
          <EnvironmentName tier="dev" name="lab" />
          <EnvironmentName tier="staging" name="rehearsal" />
          <EnvironmentName tier="production" name="eu-main" />
        </div>
        <p className="mt-2 flex gap-4 text-12">
          <span className="flex items-center gap-1.5">
            <TierSquare tier="dev" /> lab
          </span>
          <span className="flex items-center gap-1.5">
            <TierSquare tier="staging" /> rehearsal
          </span>
          <span className="flex items-center gap-1.5">
            <TierSquare tier="production" /> eu-main
          </span>
        </p>
        <div className="mt-4 flex flex-wrap gap-4">
          <LiveIndicator state="live" />
          <LiveIndicator state="reconnecting" />
          <LiveIndicator state="paused" />
        </div>
      </Part>
      <Part name="Axes">
        <div className="grid grid-cols-4 justify-start gap-x-4 gap-y-3.5 max-md:grid-cols-2">
          <Axis kind="ok" word="Connected" age={<Time at={before(12)} />} />
          <Axis kind="bad" word="1 drifted" age={<Time at={before(38 * 60)} prefix="found" />} />
          <Axis kind="warn" word="2 missing" age="for promotion #214" />
          <Axis kind="unknown" word="Unknown" age={<Time at={before(11_000)} show="minute" prefix="last known" />} />
          <Axis kind="run" word="Checking" age="usually 4 s" />
          <Axis kind="hold" word="Held" age="by TL, 2 d" />
          <Axis kind="wait" word="Not tracked" age="dev is not compared" />
          <Axis kind="warn" word="Stale" age={<Time at={before(3 * 3600)} prefix="as of" />} />
        </div>
      </Part>
      <Part name="Diff marks, badges, people">
        <div className="flex flex-wrap gap-3.5">
          {(['add', 'change', 'remove', 'same'] as const).map((kind) => (
            <DiffMark key={kind} kind={kind} />
          ))}
          <Avatar name="Ada Jensen" />
        </div>
        <div className="mt-3 flex flex-wrap gap-2">
          <Badge>Webhook v2</Badge>
          <Badge tone="ok">verified</Badge>
          <Badge tone="warn">medium risk</Badge>
          <Badge tone="bad">high risk</Badge>
          <Badge tone="unknown">not verified</Badge>
          <Badge tone="accent">pulled in</Badge>
        </div>
      </Part>
      <Part name="Verdict">
        <Verdict finding="One workflow in production has drifted.">
          Refund guard in eu-main was edited 38 minutes ago. Everything else that could be checked matches; sandbox
          could not be checked.
        </Verdict>
      </Part>
      <Part name="Facts">
        <KeyValues
          items={[
            ['Plan', <CopyId key="plan" id="5e0c18a77b3d4f9094" noun="plan digest" />],
            ['Window', '14:00 – 16:00 Europe/Berlin'],
            ['Saved', <Time key="saved" at={before(7200)} show="full" />],
          ]}
        />
        <div className="mt-4 space-y-2">
          <Note>Valid for the two differences above.</Note>
          <Note tone="unknown">Not known: whether the vendor bills the three calls twice.</Note>
        </div>
      </Part>
    </>
  );
}
