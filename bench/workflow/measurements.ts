import type { Measurement } from '../benchmark';
import { measureDiff } from './measure-diff';
import { measureDigest } from './measure-digest';

/** Everything about the workflow engine that is measured in Node. */
export function measurements(): Measurement[] {
  return [...measureDiff(), ...measureDigest()];
}
