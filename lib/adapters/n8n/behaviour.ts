import type { InstanceVersion, WriteBehaviour } from '@/lib/ports/provider-probe';
import type { Specification } from './specification';

/**
 * Interface changes that date an instance: present in no version up to `absentIn`, present from `presentIn` on (the
 * versions between were not looked at). The specification's own version number never changes. Newest first.
 */
const MARKERS = [
  { operation: 'POST /workflows/{}/publish', absentIn: '2.30.0', presentIn: '2.41.0' },
  { operation: 'POST /n8n-packages/export', absentIn: '2.20.0', presentIn: '2.30.0' },
  { operation: 'GET /discover', absentIn: '2.10.0', presentIn: '2.20.0' },
  { operation: 'GET /credentials', absentIn: '2.0.0', presentIn: '2.8.4' },
] as const;

const OLDEST_SUPPORTED = '1.123.0';

/** Between which versions this interface lies. */
export function datedBy(specification: Specification, exact: string | null): InstanceVersion {
  const known = MARKERS.findIndex((marker) => specification.has(marker.operation));
  const atLeast = known === -1 ? OLDEST_SUPPORTED : MARKERS[known]!.absentIn;
  const newer = known === -1 ? MARKERS.length - 1 : known - 1;
  return { exact, atLeast, below: MARKERS[newer]?.presentIn ?? null };
}

/** How writes behave, told from what the interface offers; measured on 1.123.81, 2.8.4 and 2.41.1. */
export function writeBehaviour(specification: Specification): WriteBehaviour {
  const versioned = specification.has('GET /credentials');
  const publishes = specification.has('POST /workflows/{}/publish');
  return {
    serial: !versioned,
    savePublishes: specification.takesQuery('PUT /workflows/{}', 'publishIfActive') ? 'optional' : 'always',
    publishIsAsynchronous: publishes,
    failedPublish: publishes ? 'keeps_previous' : versioned ? 'publishes_broken' : 'unpublishes',
    publishCalls: publishes
      ? { publish: 'publish', unpublish: 'unpublish' }
      : { publish: 'activate', unpublish: 'deactivate' },
    deleteNeedsUnpublish: publishes,
  };
}
