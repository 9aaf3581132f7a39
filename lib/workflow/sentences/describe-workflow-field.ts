import type { WorkflowFieldChanged } from '../diff/change';
import type { Json } from '../model';
import { list, phraseKey, phraseValue } from './phrase';
import { name, now, type Sentence, say, was } from './sentence';

/** A change of the workflow itself. */
export function describeWorkflowField({ path, before, after }: WorkflowFieldChanged): Sentence {
  const [field, key] = path;
  if (field === 'settings') return describeSetting(String(key), before, after);
  if (field === 'pinData') return describeTestData(String(key), before, after);
  if (field === 'tags') return describeTags(before, after);
  if (field === 'active')
    return after ? say`The workflow is ${now('published')}` : say`The workflow is ${now('unpublished')}`;
  if (field === 'archived') {
    return after ? say`The workflow is ${now('archived')}` : say`The workflow is ${now('taken out of the archive')}`;
  }
  if (field === 'name')
    return say`The workflow is called ${now(phraseValue(after))} instead of ${was(phraseValue(before))}`;
  if (field === 'nodeGroups') return say`The frames on the canvas changed`;
  return say`The description changed to ${now(phraseValue(after))}`;
}

function describeTestData(node: string, before: Json | undefined, after: Json | undefined): Sentence {
  if (before === undefined) return say`${name(node)} got pinned test data (${now(phraseValue(after))})`;
  if (after === undefined) return say`${name(node)} lost its pinned test data (${was(phraseValue(before))})`;
  return say`The pinned test data of ${name(node)} changed`;
}

function describeTags(before: Json | undefined, after: Json | undefined): Sentence {
  const [old, current] = [before, after].map((tags) => (Array.isArray(tags) ? tags.map(String) : []));
  const added = current!.filter((tag) => !old!.includes(tag));
  const removed = old!.filter((tag) => !current!.includes(tag));
  if (added.length === 0) return say`Untagged ${was(list(removed))}`;
  if (removed.length === 0) return say`Tagged ${now(list(added))}`;
  return say`Tagged ${now(list(added))}, no longer ${was(list(removed))}`;
}

/** What a setting does when it is absent. */
const ABSENT: ReadonlyMap<string, string> = new Map([
  ['callerPolicy', 'workflows of the same owner'],
  ['errorWorkflow', 'none'],
  ['executionOrder', 'v0'],
  ['executionTimeout', 'no limit'],
  ['timezone', "the instance's time zone"],
]);

const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ['callerIds', 'The list of workflows that may call this one'],
  ['callerPolicy', 'Who may call this workflow'],
  ['errorWorkflow', 'The workflow that handles failures'],
  ['executionOrder', 'The execution order'],
  ['executionTimeout', 'The time limit of a run'],
  ['timezone', 'The time zone'],
]);

function describeSetting(key: string, before: Json | undefined, after: Json | undefined): Sentence {
  if (key === 'availableInMCP') {
    return after
      ? say`The workflow is ${now('offered over MCP')}`
      : say`The workflow is ${now('no longer offered over MCP')}`;
  }
  const phrase = (value: Json | undefined) =>
    value === undefined ? (ABSENT.get(key) ?? 'the default') : phraseSetting(key, value);
  return say`${SUBJECTS.get(key) ?? `The setting ${phraseKey(key)}`} is ${now(phrase(after))}, was ${was(phrase(before))}`;
}

function phraseSetting(key: string, value: Json): string {
  return key === 'executionTimeout' ? `${phraseValue(value)} s` : phraseValue(value);
}
