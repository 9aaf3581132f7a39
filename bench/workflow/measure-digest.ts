import canonicalize from 'canonicalize';
import { sha256 } from '#sha256';
import { logicDigest } from '@/lib/workflow/digest/digest';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import type { Measurement } from '../benchmark';
import { shortest } from './clock';
import { workflowBody } from './documents';

/** The logic digest of a body, from parsed JSON and from text, beside RFC 8785 and a bare round trip. */
export function measureDigest(): Measurement[] {
  return [30, 120, 500].flatMap(measureSize);
}

function measureSize(nodes: number): Measurement[] {
  const text = JSON.stringify(workflowBody(nodes));
  const body = JSON.parse(text);
  const workflow = readWorkflow(body).workflow!;
  const digest = shortest(() => logicDigest(workflow));
  const readAndDigest = shortest(() => logicDigest(readWorkflow(body).workflow!));
  const fromText = shortest(() => logicDigest(readWorkflow(JSON.parse(text)).workflow!));
  const rfc8785 = shortest(() => sha256(canonicalize(body)!));
  const roundTrip = shortest(() => JSON.stringify(JSON.parse(text)));
  const label = `digest of ${nodes} nodes (${Math.round(text.length / 1024)} kB)`;
  return [
    { name: `${label}: n8n Ops, once read`, value: digest, unit: 'ms', goal: rfc8785 / 2 },
    { name: `${label}: n8n Ops, reading included`, value: readAndDigest, unit: 'ms' },
    { name: `${label}: n8n Ops, from text`, value: fromText, unit: 'ms', goal: roundTrip * 2.5 },
    { name: `${label}: canonicalize + sha-256`, value: rfc8785, unit: 'ms' },
    { name: `${label}: JSON.parse + JSON.stringify`, value: roundTrip, unit: 'ms' },
  ];
}
