import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import {
  readLinkable,
  readPlaces,
  readRejected,
  readStructures,
  saveProposed,
  saveSuggestions,
} from './inventory-store';
import { proposeLinks } from './linking';
import type { Structure } from './similarity';
import { holdLinks } from './store';
import { type Pair, shortlist, suggest } from './suggesting';

const LINKER: Actor = { type: 'system', id: null, label: 'automatic linking' };
/** Bodies that are held at once while structures are read. */
const BODIES_AT_ONCE = 100;

type Linking = Pick<JobContext, 'tx' | 'signal' | 'progress'>;

/**
 * Links what is beyond doubt and suggests the rest, over all environments of the tenant. What it decides on is read in
 * the transaction that writes, so a person's decision meanwhile holds.
 */
export async function linkInventory(ctx: Linking) {
  const seen = await ctx.tx(environmentsAsRead);
  await ctx.progress({ step: 'links', current: 0, total: null });
  const linked = await ctx.tx(linkAutomatically);
  const { candidates, places, rejected } = await ctx.tx(readForSuggesting);
  const pairs = shortlist(candidates, places, rejected);
  const structures = await structuresOf(ctx, pairs);
  const suggestions = suggest(pairs, (id) => structures.get(id));
  await ctx.tx(async (db) => {
    await holdLinks(db);
    await saveSuggestions(db, suggestions);
    for (const { syncedAt, ...asItWas } of seen) {
      await db.environment.updateMany({ where: asItWas, data: { linkedAt: syncedAt } });
    }
    db.emit({ type: 'lineage.changed', payload: { linked, suggested: suggestions.length } });
  });
  return { linked, suggested: suggestions.length };
}

/** How far each inventory is read now. A refresh that ends meanwhile, or a person's decision, makes the next run due. */
const environmentsAsRead = (db: TenantDb) =>
  db.environment.findMany({ select: { id: true, syncedAt: true, linkedAt: true } });

async function linkAutomatically(db: TenantDb): Promise<number> {
  await holdLinks(db);
  const proposed = proposeLinks(await readLinkable(db), await readPlaces(db, { withGone: true }));
  const linked = proposed.flatMap(({ workflows }) => workflows).length;
  if (linked === 0) return 0;
  await saveProposed(db, proposed, LINKER);
  const lineages = proposed.filter(({ begins }) => begins).length;
  db.audit({ action: 'lineage.linked-automatically', details: { linked, lineages } });
  return linked;
}

async function readForSuggesting(db: TenantDb) {
  const candidates = await readLinkable(db);
  const places = await readPlaces(db, { withGone: false });
  return { candidates, places, rejected: await readRejected(db) };
}

async function structuresOf(ctx: Linking, pairs: readonly Pair[]): Promise<Map<string, Structure>> {
  const ids = [...new Set(pairs.flatMap(({ workflow, counterpart }) => [workflow.id, counterpart.id]))];
  const structures = new Map<string, Structure>();
  for (let start = 0; start < ids.length; start += BODIES_AT_ONCE) {
    ctx.signal.throwIfAborted();
    await ctx.progress({ step: 'suggestions', current: start, total: ids.length });
    const some = await ctx.tx((db) => readStructures(db, ids.slice(start, start + BODIES_AT_ONCE)));
    for (const [id, structure] of some) structures.set(id, structure);
  }
  return structures;
}
