import { Journal, type JournalEntry } from '@/components/patterns/journal';
import { ProgressSteps, writeSteps } from '@/components/patterns/progress-steps';
import { Segments } from '@/components/patterns/segments';
import { CopyId } from '@/components/ui/copy-id';
import { Time } from '@/components/ui/time';
import { Part } from './part';

const STEPS = ['done', 'done', 'held', 'done', 'running', 'waiting', 'waiting', 'waiting'] as const;

/** Long work: its stages, its steps, its record. */
export function ProgressParts({ now }: { now: string }) {
  return (
    <>
      <Part name="Progress">
        <div className="space-y-4">
          <ProgressSteps label="Deployment" steps={writeSteps('applying')} />
          <ProgressSteps label="Failed deployment" steps={writeSteps('verified', true)} />
          <Segments label="Step 5 of 8" states={STEPS} />
        </div>
      </Part>
      <Part name="Journal">
        <Journal label="Deployment 212" entries={entries(now)} />
      </Part>
    </>
  );
}

function entries(now: string): JournalEntry[] {
  const at = (seconds: number) => (
    <Time show="clock" at={new Date(Date.parse(now) - (60 - seconds) * 1000).toISOString()} />
  );
  return [
    {
      id: '1',
      kind: 'ok',
      said: 'done',
      time: at(1),
      title: (
        <>
          Plan <CopyId id="5e0c18a77b3d4f9094" noun="plan digest" /> checked again: nothing moved
        </>
      ),
      took: '0.3 s',
    },
    {
      id: '2',
      kind: 'warn',
      said: 'done, with a warning',
      time: at(4),
      title: (
        <>
          <b>Warehouse pick</b> answered 502; read back shows it was written
        </>
      ),
      detail: <code>PUT /workflows/Uy41sd 502 after 3.9 s</code>,
      took: '4.8 s',
    },
    {
      id: '3',
      kind: 'run',
      said: 'now',
      time: at(9),
      title: (
        <>
          <b>Warehouse pick</b> being published
        </>
      ),
      took: '2.1 s',
    },
    { id: '4', kind: 'wait', said: 'not yet', title: 'Read back published digests', took: 'usually 2 s' },
    { id: '5', kind: 'wait', said: 'not yet', title: 'Lease given back' },
  ];
}
