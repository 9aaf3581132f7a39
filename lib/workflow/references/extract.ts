import { isObject, type Json, type JsonPath, STICKY_NOTE, type Workflow } from '../model';
import { callsOfNode, callsOfSettings, namesItself } from './calls';
import { type DocumentNode, documentOf, inlineDocument, type WorkflowDocument } from './document';
import { isLocator, readTarget } from './locator';
import { bindingsOf } from './node-bindings';
import type { Place, Reference } from './reference';
import { mayRefer, referencesInText } from './text';

/** The reader bounds the depth of a workflow but not of the JSON text inside it; nothing real nests this deep. */
const MAX_STEPS = 200;

/** What the caller knows about the instance. */
export interface ExtractOptions {
  /** Origins of the instance (`https://n8n.example.com`): only URLs below them are reported, as its own for certain. */
  readonly ownOrigins?: readonly string[];
}

interface Extraction {
  readonly ownId: string | null;
  readonly ownOrigins: ReadonlySet<string> | undefined;
  readonly found: Reference[];
}

/**
 * Every outgoing dependency of a workflow's draft, in the order of its nodes; for the version that runs, pass
 * `runningWorkflow(…)`. What an expression computes is reported as such, never guessed. Disabled nodes are included.
 */
export function extractReferences(workflow: Workflow, options: ExtractOptions = {}): Reference[] {
  const ownOrigins = options.ownOrigins && new Set(options.ownOrigins.map((origin) => origin.toLowerCase()));
  const extraction = { ownId: workflow.id, ownOrigins, found: [] };
  fromDocument(documentOf(workflow, isRun), extraction);
  return extraction.found;
}

const isRun = (node: { readonly type: string }): boolean => node.type !== STICKY_NOTE;

function fromDocument(document: WorkflowDocument, extraction: Extraction): void {
  for (const node of document.nodes) if (isRun(node)) fromNode(node, extraction);
  const { settings, place } = document;
  extraction.found.push(...callsOfSettings(document, extraction.ownId));
  walk(settings, [...place.path], { place, reported: new Set(), skip: neverSkip, extraction });
}

function fromNode(node: DocumentNode, extraction: Extraction): void {
  const calls = callsOfNode(node, extraction.ownId);
  const bound = [...bindingsOf(node), ...calls];
  extraction.found.push(...bound);
  const inline = inlineDocument(node);
  const { workflowJson, ...others } = node.parameters;
  walk(inline ? others : node.parameters, [...node.place.path, 'parameters'], {
    place: node.place,
    reported: new Set(bound.map((reference) => reference.path.join('/'))),
    skip: calls.some((call) => call.self) ? namesItself : neverSkip,
    extraction,
  });
  if (inline) fromDocument(inline, { ...extraction, ownId: null });
}

const neverSkip = (): boolean => false;

interface Walk {
  readonly place: Place;
  /** Paths already reported under a kind of their own: a locator there is no resource elsewhere. */
  readonly reported: ReadonlySet<string>;
  /** Whether a text has been reported as a whole. */
  readonly skip: (text: string) => boolean;
  readonly extraction: Extraction;
}

/** `steps` is the path of `value`, changed in place and restored: copied only for what is found. */
function walk(value: Json | undefined, steps: (string | number)[], to: Walk): void {
  if (typeof value === 'string') {
    const { found, ownOrigins } = to.extraction;
    if (mayRefer(value) && !to.skip(value)) {
      referencesInText(value, { ...to.place, path: [...steps] }, ownOrigins, found);
    }
    return;
  }
  if (typeof value !== 'object' || value === null || steps.length > MAX_STEPS) return;
  if (isLocator(value)) {
    if (!to.reported.has(steps.join('/'))) resource(value, steps, to);
    step('value', value.value, steps, to);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) step(key, value[key], steps, to);
  } else {
    for (const [index, item] of value.entries()) step(index, item, steps, to);
  }
}

function step(key: string | number, value: Json | undefined, steps: (string | number)[], to: Walk): void {
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return;
  steps.push(key);
  walk(value, steps, to);
  steps.pop();
}

function resource(locator: Json, steps: JsonPath, { place, extraction }: Walk): void {
  const target = readTarget(locator);
  if (!target) return;
  const parameter = steps.slice(place.path.length + 1).join('.');
  extraction.found.push({ kind: 'resource', ...place, path: [...steps], parameter, ...target });
}
