import { sha256 } from '#sha256';
import { layoutText, logicNodeText, logicText, settingsText, stateText, testDataText } from '../canonical/parts';
import { runningWorkflow, type Workflow } from '../model';

/** SHA-256 of each canonical part, 64 lower-case hex digits. */
export interface PartDigests {
  readonly logic: string;
  readonly layout: string;
  readonly settings: string;
  readonly state: string;
  readonly testData: string;
}

/** What the workflow does. The only digest that drift and promotion ask for on every look. */
export function logicDigest(workflow: Workflow): string {
  return sha256(logicText(workflow));
}

/**
 * Every part's digest. Two workflows have equal canonical documents exactly when all five agree.
 * `nodeText` is `logicNodeText`, or remembers it.
 */
export function partDigests(workflow: Workflow, nodeText = logicNodeText): PartDigests {
  return {
    logic: sha256(logicText(workflow, 'logic', nodeText)),
    layout: sha256(layoutText(workflow)),
    settings: sha256(settingsText(workflow)),
    state: sha256(stateText(workflow)),
    testData: sha256(testDataText(workflow)),
  };
}

/** The draft's digests, and those of what runs: null when nothing does. */
export function draftAndRunningDigests(workflow: Workflow): { draft: PartDigests; running: PartDigests | null } {
  const running = runningWorkflow(workflow);
  return { draft: partDigests(workflow), running: running && partDigests(running) };
}
