import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { RestoreProblem } from './schema';

export const nothingDiffers: RestoreProblem = {
  code: 'nothing_differs',
  severity: 'blocking',
  name: null,
  detail: 'Everything is as it was in the snapshot.',
  remedy: null,
};

export const unreadableFile = (name: string): RestoreProblem => ({
  code: 'file_unreadable',
  severity: 'warning',
  name,
  detail: `What the snapshot has of ${name} is no workflow: somebody changed it by hand. It is left as it is.`,
  remedy: 'Choose an earlier snapshot for it.',
});

export const notArchived = (count: number): RestoreProblem => ({
  code: 'not_archived',
  severity: 'warning',
  name: null,
  detail: `Of those that the snapshot does not have, ${count} ${count === 1 ? 'stays' : 'stay'}: seen before it, ignored or unreadable.`,
  remedy: 'Archive them in n8n if they are to go.',
});

export const newId = (name: string): RestoreProblem => ({
  code: 'new_id',
  severity: 'warning',
  name,
  detail: `${name} is gone from the instance and is made anew, under another id.`,
  remedy: 'Workflows that are not restored with it and call it by its old id must be pointed to the new one.',
});

export const missingCredential = (name: string, credential: string, type: string): RestoreProblem => ({
  code: 'credential_missing',
  severity: 'warning',
  name,
  detail: `${name} uses the credential ${credential} (${type}), which the instance does not have any more.`,
  remedy: 'Make it anew in n8n and choose it in the workflow.',
});

/** In dev a snapshot has what was worked on, and not what ran beside it. */
export const draftLive = (name: string): RestoreProblem => ({
  code: 'draft_goes_live',
  severity: 'warning',
  name,
  detail: `${name} is published as its draft was then. Whether that draft ever ran, the snapshot does not tell.`,
  remedy: 'Look at it first, or unpublish it in n8n afterwards.',
});

/** n8n 1.x lists no credentials. */
export const unseenCredential = (name: string, credential: string, type: string): RestoreProblem => ({
  code: 'credential_unseen',
  severity: 'warning',
  name,
  detail: `${name} uses the credential ${credential} (${type}). Whether the instance still has it cannot be asked.`,
  remedy: 'Look in n8n; make it anew and choose it in the workflow if it is gone.',
});

/** Outside dev a snapshot has what runs. What was being worked on beside it is overwritten. */
export function unpublishedDraft(remote: RemoteWorkflow | null, tier: string): RestoreProblem[] {
  const { published, versionId, document } = remote ?? {};
  const isApart = tier !== 'dev' && published?.versionId && published.versionId !== versionId;
  if (!isApart || !document) return [];
  const { name } = document;
  const detail = `${name} has a draft that was never published. Restoring writes over it.`;
  const remedy = 'n8n keeps it in the history of the workflow.';
  return [{ code: 'unpublished_draft', severity: 'warning', name, detail, remedy }];
}
