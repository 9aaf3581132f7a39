import type { Tier } from '@/components/patterns/tier-mark';
import type { StatusKind } from '@/components/ui/glyph';

/** Invented content for the kit page. Nothing here describes a real instance. */
export type SampleWorkflow = {
  id: string;
  name: string;
  environment: string;
  tier: Tier;
  state: StatusKind;
  stateWord: string;
  runs: number | null;
  savedAt: string;
};

const NAMES = ['Order intake', 'Refund guard', 'Lead enrich', 'Invoice OCR', 'Stock alert', 'Returns label'];
const PLACES = [
  { environment: 'eu-main', tier: 'production' },
  { environment: 'rehearsal', tier: 'staging' },
  { environment: 'lab', tier: 'dev' },
] as const;
const STATES = [
  { state: 'ok', stateWord: 'equal' },
  { state: 'bad', stateWord: 'drifted' },
  { state: 'unknown', stateWord: 'unknown' },
] as const;
const MINUTE = 60_000;

/** `count` different rows, saved at growing distances before `now` (epoch milliseconds). */
export function sampleWorkflows(count: number, now: number): SampleWorkflow[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `wf${index}`,
    name: index < NAMES.length ? NAMES[index]! : `${NAMES[index % NAMES.length]} ${index}`,
    ...PLACES[index % PLACES.length]!,
    ...STATES[index % STATES.length]!,
    runs: index % 3 === 2 ? null : (index * 397 + 46) % 3500,
    savedAt: new Date(now - (index * index + 1) * 38 * MINUTE).toISOString(),
  }));
}

export const ENVIRONMENTS = [
  { href: '/kit?environment=lab', name: 'lab', tier: 'dev' },
  { href: '/kit?environment=sandbox', name: 'sandbox', tier: 'dev' },
  { href: '/kit?environment=rehearsal', name: 'rehearsal', tier: 'staging' },
  { href: '/kit?environment=eu-main', name: 'eu-main', tier: 'production' },
  { href: '/kit?environment=us-main', name: 'us-main', tier: 'production' },
] as const;
