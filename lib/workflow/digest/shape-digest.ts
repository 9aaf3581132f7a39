import { sha256 } from '#sha256';
import { logicText } from '../canonical/parts';
import type { Workflow } from '../model';
import { shapeOf } from '../references/shape';

/** Equal for the same workflow on two instances, whose ids differ: the digest by which lineages are proposed. */
export function shapeDigest(workflow: Workflow): string {
  return sha256(logicText(shapeOf(workflow), 'shape'));
}
