import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import { compareText } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { documentNode } from '@/lib/workflow/references/document';
import { webhookAddress } from '@/lib/workflow/references/webhook-route';
import { mentions, placeholderOf } from './placeholder';
import type { PlannedEnvironment, PlannedWorkflow } from './plan';
import type { PlanStep, StepAction, Target } from './schema';
import { remoteOf, targetOf } from './target';

const WEBHOOK = 'n8n-nodes-base.webhook';

export type DraftStep = Omit<PlanStep, 'position'>;

/** What one workflow needs, each question answered once. Steps are made by the verbs; their order is the plan's. */
export class WorkflowSteps {
  readonly desired: Target | null;
  /** Whether its document has to be saved over what is there. */
  readonly savesOver: boolean;

  constructor(
    readonly planned: PlannedWorkflow,
    private readonly environment: PlannedEnvironment,
    /** Keys of the workflows that are made after this one. */
    madeLater: readonly string[],
  ) {
    const { desired, expected } = planned;
    this.desired = desired && targetOf(remoteOf(desired.document, desired));
    if (!desired) this.savesOver = false;
    else if (expected) this.savesOver = this.draftDiffers(expected);
    // No version takes a description when it makes a workflow.
    else this.savesOver = !!desired.document.description || madeLater.some((key) => mentions(desired.document, key));
  }

  /** Tags apart: they are no part of a document. */
  private draftDiffers(expected: Target): boolean {
    const { document } = this.planned.desired!;
    const draft = targetOf(remoteOf(document, { tags: expected.tags }));
    const isSame = draft.logic === expected.logic && draft.settings === expected.settings;
    return !isSame || expected.webhookIds?.draft === false;
  }

  get isMade(): boolean {
    return this.planned.expected === null && this.desired !== null;
  }
  private get runs(): boolean {
    return this.planned.expected?.active === true;
  }
  private get keepsWhatRuns(): boolean {
    return this.environment.writes.savePublishes === 'optional';
  }

  create(): DraftStep[] {
    return this.isMade ? [this.step('create', 'POST', '', 'Nothing stands for it yet.')] : [];
  }

  unarchive(): DraftStep[] {
    const { expected } = this.planned;
    return this.desired && expected?.archived ? [this.step('unarchive', 'POST', '/unarchive', 'It is archived.')] : [];
  }

  update(): DraftStep[] {
    if (!this.savesOver) return [];
    const query = this.runs && this.keepsWhatRuns ? '?publishIfActive=false' : '';
    const isFelt = this.runs && !this.keepsWhatRuns && this.desired!.active;
    return [this.step('update', 'PUT', query, this.asPlanned(), isFelt ? 'moment' : 'none')];
  }

  tags(): DraftStep[] {
    const before = this.planned.expected?.tags ?? [];
    const same = JSON.stringify(before) === JSON.stringify(this.desired?.tags ?? before);
    return same ? [] : [this.step('tags', 'PUT', '/tags', `Its tags are: ${before.join(', ') || 'none'}.`)];
  }

  unpublish(): DraftStep[] {
    if (!this.runs || this.desired?.active) return [];
    const { unpublish } = this.environment.writes.publishCalls;
    return [this.step('unpublish', 'POST', `/${unpublish}`, 'It is published.')];
  }

  publish(): DraftStep[] {
    if (!this.desired?.active || this.goesLiveOnSave || this.runsAsDesired) return [];
    const { publish } = this.environment.writes.publishCalls;
    const precondition = 'Its draft is what this plan saved, and so are those of the workflows it calls.';
    return [this.step('publish', 'POST', `/${publish}`, precondition, this.runs ? 'moment' : 'none')];
  }

  private get goesLiveOnSave(): boolean {
    return this.runs && this.savesOver && !this.keepsWhatRuns;
  }
  private get runsAsDesired(): boolean {
    const { expected } = this.planned;
    const isSame = expected?.publishedLogic === this.desired?.logic && expected?.webhookIds?.running !== false;
    return this.runs && isSame;
  }

  archive(): DraftStep[] {
    const { expected, desired } = this.planned;
    // Where a version cannot archive, it is left switched off.
    const can = this.environment.capabilities['workflows.archive']?.works !== false;
    if (desired || !expected || expected.archived || !can) return [];
    return [this.step('archive', 'POST', '/archive', this.asPlanned())];
  }

  probes(): DraftStep[] {
    if (!this.desired?.active) return [];
    return webhookRoutes(this.planned.desired!.document).map((route) => ({
      ...this.step('probe', 'OPTIONS', '', 'It is published.'),
      path: `/webhook/${route}`,
    }));
  }

  private asPlanned(): string {
    const { expected } = this.planned;
    if (!expected) return 'It is as this plan made it.';
    const state = expected.archived ? 'archived' : expected.active ? 'published' : 'not published';
    return `Logic ${expected.logic.slice(0, 12)}, settings ${expected.settings.slice(0, 12)}, ${state}.`;
  }

  private step(
    action: StepAction,
    method: PlanStep['method'],
    rest: string,
    precondition: string,
    interruption: PlanStep['interruption'] = 'none',
  ): DraftStep {
    const { key, n8nId, name } = this.planned;
    const path = action === 'create' ? '/workflows' : `/workflows/${n8nId ?? placeholderOf(key)}${rest}`;
    return { key, workflowId: n8nId, name, action, method, path, precondition, reversible: true, interruption };
  }
}

/** Where the outside reaches the workflow once it runs; only what can be known without running it. */
export function webhookRoutes(document: WorkflowDocument): string[] {
  const nodes = readWorkflow(document).workflow?.nodes ?? [];
  // Without a webhookId some versions put the webhook elsewhere.
  const listening = nodes.filter((node) => !node.disabled && node.type === WEBHOOK && node.webhookId !== null);
  const routes = listening.flatMap((node) => webhookAddress(documentNode(node))?.route ?? []);
  return [...new Set(routes)].sort(compareText);
}
