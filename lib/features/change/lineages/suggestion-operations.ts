import { operation } from '@/lib/kernel/operation';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { linkPair } from './decisions';
import { DecideSuggestion, LinkSuggestion, ListSuggestions, SuggestionPage } from './schema';
import { holdLinks } from './store';
import { decideSuggestion, getSuggestion, listSuggestionRows } from './suggestion-store';

export const listSuggestions = operation({
  name: 'lineage.suggestions',
  summary: 'List pairs of workflows that may be the same, the likeliest first',
  input: ListSuggestions,
  output: SuggestionPage,
  status: 200,
  permission: 'lineage:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listSuggestionRows(db, query)),
});

export const acceptSuggestion = operation({
  name: 'lineage.acceptSuggestion',
  summary: 'Link a suggested pair',
  input: DecideSuggestion,
  output: LinkSuggestion,
  status: 200,
  permission: 'lineage:write',
  effect: 'write',
  audit: 'lineage.suggestion-accepted',
  run: (ctx, { id, comment }) =>
    ctx.tx(async (db) => {
      await holdLinks(db);
      const { workflow, counterpart } = await getSuggestion(db, id);
      const { actor } = ctx.principal;
      await decideSuggestion(db, id, { status: 'accepted', comment, actor });
      await linkPair(db, {
        workflowId: workflow.workflowId,
        counterpartId: counterpart.workflowId,
        method: 'suggestion',
        reason: comment,
        actor,
      });
      return decided(db, id);
    }),
});

export const rejectSuggestion = operation({
  name: 'lineage.rejectSuggestion',
  summary: 'Say that a suggested pair is not the same; it is not suggested again',
  input: DecideSuggestion,
  output: LinkSuggestion,
  status: 200,
  permission: 'lineage:write',
  effect: 'write',
  audit: 'lineage.suggestion-rejected',
  run: (ctx, { id, comment }) =>
    ctx.tx(async (db) => {
      await holdLinks(db);
      await getSuggestion(db, id);
      await decideSuggestion(db, id, { status: 'rejected', comment, actor: ctx.principal.actor });
      db.emit({ type: 'lineage.changed' });
      return decided(db, id);
    }),
});

async function decided(db: TenantDb, id: string): Promise<LinkSuggestion> {
  const suggestion = await getSuggestion(db, id);
  const { workflow, counterpart, comment } = suggestion;
  db.audit({
    target: { type: 'workflow', id: workflow.workflowId, label: workflow.name },
    details: { counterpartId: counterpart.workflowId, lineageId: workflow.lineage?.id ?? null, comment },
  });
  return suggestion;
}
