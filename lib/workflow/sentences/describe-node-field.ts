import type { NodeFieldChanged } from '../diff/change';
import { textDiff } from '../diff/text-diff';
import type { CredentialReference, Json, WorkflowNode } from '../model';
import { describeParameter } from './describe-parameter';
import { count, phrasePath, phraseType, phraseValue } from './phrase';
import { name, now, type Sentence, say, was } from './sentence';

/** A change inside a node; `node` is the node as it is afterwards. */
export function describeNodeField(change: NodeFieldChanged, node?: WorkflowNode): Sentence {
  const [field, ...path] = change.path;
  if (change.text) return describeText(change);
  if (field === 'parameters') return describeParameter(change, path, node);
  if (field === 'credentials') return describeCredential(change);
  return describeOption(change) ?? describeValue(change);
}

function describeText({ node, path, before, after, text }: NodeFieldChanged): Sentence {
  const blocks = textDiff(String(before), String(after));
  const lines = (kind: 'added' | 'removed') =>
    blocks.filter((block) => block.kind === kind).flatMap((block) => block.lines);
  const subject = {
    code: 'The code',
    sql: 'The query',
    prompt: 'The prompt',
    text: `The ${phrasePath(path.slice(1))}`,
  }[text!];
  const [added, removed] = [lines('added').length, lines('removed').length];
  return say`${subject} of ${name(node.name)} changed: ${now(`${count(added, 'line')} added`)}, ${`${removed} removed`}`;
}

function describeCredential({ node, path, before, after, class: kind }: NodeFieldChanged): Sentence {
  const label = (value: Json | undefined) => phraseCredential(value as CredentialReference);
  if (before === undefined) return say`${name(node.name)} now uses the credential ${now(label(after))}`;
  if (after === undefined) return say`${name(node.name)} no longer uses the credential ${was(label(before))}`;
  if (kind === 'cosmetic') return say`The credential of ${name(node.name)} is now called ${now(label(after))}`;
  const [old, current] = [label(before), label(after)];
  if (old !== current) return say`${name(node.name)} uses the credential ${now(current)} instead of ${was(old)}`;
  return say`${name(node.name)} uses another credential called ${now(current)} (${phraseType(String(path[1]))})`;
}

function phraseCredential({ id, name: label, managed }: CredentialReference): string {
  return managed ? 'managed by n8n' : (label ?? id ?? 'without a name');
}

const ERROR_POLICY: ReadonlyMap<string, string> = new Map([
  ['stopWorkflow', 'stops the workflow'],
  ['continueRegularOutput', 'carries on'],
  ['continueErrorOutput', 'carries on through its error output'],
]);

/** Sentences for the switches every node has. */
function describeOption({ node, path, before, after }: NodeFieldChanged): Sentence | null {
  const subject = name(node.name);
  switch (path[0]) {
    case 'disabled':
      return after ? say`${subject} is ${now('switched off')}` : say`${subject} is ${now('switched on')} again`;
    case 'typeVersion':
      return say`${subject} uses version ${now(phraseValue(after))} of its node type instead of ${was(phraseValue(before))}`;
    case 'type':
      return say`${subject} became a ${now(phraseType(String(after)))}, was a ${was(phraseType(String(before)))}`;
    case 'onError':
      return say`${subject} ${now(policy(after))} when it fails, not ${was(policy(before))}`;
    case 'retryOnFail':
      return after
        ? say`${subject} ${now('tries again')} when it fails`
        : say`${subject} ${now('no longer tries again')} when it fails`;
    case 'maxTries':
      return say`${subject} tries ${now(phraseValue(after))} times, was ${was(phraseValue(before))}`;
    case 'waitBetweenTries':
      return say`${subject} waits ${now(`${phraseValue(after)} ms`)} between tries, was ${was(`${phraseValue(before)} ms`)}`;
    case 'executeOnce':
      return after
        ? say`${subject} runs ${now('once, for the first item')}`
        : say`${subject} runs ${now('for every item')}`;
    case 'alwaysOutputData':
      return after
        ? say`${subject} ${now('always passes on an item')}`
        : say`${subject} ${now('passes on nothing')} when it finds nothing`;
    default:
      return null;
  }
}

function policy(value: Json | undefined): string {
  return ERROR_POLICY.get(String(value)) ?? phraseValue(value);
}

const FIELD_NAMES: ReadonlyMap<string, string> = new Map([
  ['id', 'node id'],
  ['webhookId', 'webhook id'],
  ['notes', 'note'],
  ['notesInFlow', 'display of its note'],
]);

function describeValue({ node, path, before, after }: NodeFieldChanged): Sentence {
  const subject =
    path.length === 1 ? (FIELD_NAMES.get(String(path[0])) ?? phrasePath(path)) : phrasePath(path.slice(1));
  return say`The ${subject} of ${name(node.name)} is ${now(phraseValue(after))}, was ${was(phraseValue(before))}`;
}
