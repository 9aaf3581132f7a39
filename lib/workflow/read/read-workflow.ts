import { isAbsent } from '../canonical/absent';
import { pointer } from '../json-pointer';
import {
  compareText,
  DERIVED_SETTINGS,
  isObject,
  type Json,
  type JsonObject,
  type PublishedVersion,
  SETTING_DEFAULTS,
  type Workflow,
} from '../model';
import { Fields } from './fields';
import { ProblemList, type ReadProblem } from './problem';
import { readGraph } from './read-graph';
import { scan, withoutForbiddenKeys } from './scan';

/** More nodes than this are refused; the largest workflow known to us has 246. */
export const MAX_NODES = 20_000;

const BYTE_ORDER_MARK = '\uFEFF';

/** What reading gives: a workflow in normal form and what was noticed, or null and at least one fatal problem. */
export type ReadResult =
  | { readonly workflow: Workflow; readonly problems: readonly ReadProblem[] }
  | { readonly workflow: null; readonly problems: readonly ReadProblem[] };

/**
 * Reads any workflow JSON (API body, editor export, clipboard fragment, legacy file, the list of one that n8n's export
 * command writes) into the normal form.
 * Never throws: hostile or broken input ends in problems. `name` stands in where the input has none.
 */
export function readWorkflow(json: unknown, options: { readonly name?: string } = {}): ReadResult {
  const problems = new ProblemList();
  const refused = { workflow: null, problems: problems.list };
  const { readable, forbiddenKeys } = scan(json, problems);
  if (!readable) return refused;
  const input = forbiddenKeys ? withoutForbiddenKeys(json as Json, '', problems) : json;
  const body = Array.isArray(input) && input.length === 1 ? (input[0] as unknown) : input;
  if (!isObject(body) || !Array.isArray(body.nodes)) {
    problems.add('not-a-workflow', 'fatal', '', 'A workflow is an object with a list of nodes');
    return refused;
  }
  const published = isObject(body.activeVersion) ? body.activeVersion.nodes : undefined;
  if (body.nodes.length > MAX_NODES || (Array.isArray(published) && published.length > MAX_NODES)) {
    problems.add('too-many-nodes', 'fatal', '/nodes', `More than ${MAX_NODES} nodes`);
    return refused;
  }
  return { workflow: readBody(body, options.name ?? '', problems), problems: problems.list };
}

/** Parses and reads; text that is not JSON is a fatal problem. A byte order mark, which some editors write, is passed over. */
export function readWorkflowText(text: string, options: { readonly name?: string } = {}): ReadResult {
  let json: unknown;
  try {
    json = JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'The text is not JSON';
    return { workflow: null, problems: [{ code: 'invalid-json', severity: 'fatal', path: '', message }] };
  }
  return readWorkflow(json, options);
}

function readBody(body: JsonObject, fallbackName: string, problems: ProblemList): Workflow {
  const fields = new Fields(body, '', problems);
  const settings = readSettings(fields.record('settings'));
  const ordered = settings.executionOrder !== 'v1';
  const name = fields.text('name', null);
  if (name === null) problems.add('missing-name', 'note', '', 'The workflow has no name');
  return {
    id: fields.text('id', null) || null,
    name: name ?? fallbackName,
    description: fields.text('description', ''),
    ...readGraph(body, '', ordered, problems),
    settings,
    pinData: readPinData(fields.record('pinData')),
    tags: readTags(fields.array('tags')),
    active: fields.flag('active'),
    archived: fields.flag('isArchived'),
    versionId: fields.text('versionId', null),
    published: readPublished(body, ordered, problems),
  };
}

function readPublished(body: JsonObject, ordered: boolean, problems: ProblemList): PublishedVersion | null {
  const version = body.activeVersion;
  if (!isObject(version) || !Array.isArray(version.nodes)) return null;
  const path = pointer('', 'activeVersion');
  const versionId = new Fields(version, path, problems).text('versionId', null);
  return { versionId, ...readGraph(version, path, ordered, problems) };
}

function readSettings(settings: JsonObject): JsonObject {
  const kept = Object.entries(settings).filter(
    ([key, value]) => value !== '' && !isAbsent(value) && value !== SETTING_DEFAULTS[key] && !DERIVED_SETTINGS.has(key),
  );
  const read = Object.fromEntries(kept);
  return typeof read.callerIds === 'string' ? { ...read, callerIds: readCallerIds(read.callerIds) } : read;
}

/** n8n's comma list of workflow ids, sorted and without spaces. */
function readCallerIds(list: string): string {
  const ids = list.split(',').map((id) => id.trim());
  return [...new Set(ids.filter((id) => id !== ''))].sort(compareText).join(',');
}

/** What is pinned stays exactly as it is; a node without pinned items has no entry. */
function readPinData(pinData: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(pinData).filter(([, items]) => !isAbsent(items)));
}

function readTags(tags: readonly Json[]): string[] {
  const names = tags.map((tag) => (isObject(tag) ? tag.name : tag)).filter((name) => typeof name === 'string');
  return [...new Set(names)].sort(compareText);
}
