import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import {
  absentCredentials,
  countCredentials,
  forgetUnusedHarvest,
  markCredentialsMissing,
  saveCredentials,
} from '../credentials/service';
import { absentUsers, forgetUsers, saveUsers } from '../n8n-users/service';
import { absentTags, forgetTags, saveTags } from '../tags/service';
import type { Phase, PhaseContext } from './phase';

type Listed = { id: string };
type ShortList<T extends Listed> = {
  list(): Promise<readonly T[]>;
  save(db: TenantDb, environmentId: string, items: readonly T[]): Promise<unknown>;
  absent(db: TenantDb, environmentId: string, present: readonly string[]): Promise<string[]>;
  /** Called with those that two lists in a row did not have. */
  drop(db: TenantDb, environmentId: string, n8nIds: readonly string[]): Promise<unknown>;
};

/**
 * A list that comes whole. n8n has no way to ask for one of these, so what one list lacks is believed only when a
 * second list lacks it too.
 */
async function takeList<T extends Listed>(
  ctx: PhaseContext,
  source: ShortList<T>,
  first: readonly T[],
): Promise<number> {
  const absent = await ctx.tx(async (db) => {
    await source.save(db, ctx.environmentId, first);
    return source.absent(db, ctx.environmentId, idsOf(first));
  });
  await ctx.report(first.length, first.length);
  if (absent.length === 0) return 0;
  const second = new Set(idsOf(await source.list()));
  const gone = absent.filter((id) => !second.has(id));
  await ctx.tx((db) => source.drop(db, ctx.environmentId, gone));
  return gone.length;
}

const idsOf = (items: readonly Listed[]) => items.map(({ id }) => id);

export const credentialPhase: Phase = {
  name: 'credentials',
  async run(ctx) {
    const call = { signal: ctx.signal };
    const listing = await ctx.provider.listCredentials(call);
    let missing = 0;
    if (listing.supported) {
      const list = async () => {
        const again = await ctx.provider.listCredentials(call);
        return again.supported ? again.items : listing.items;
      };
      const source = { list, save: saveCredentials, absent: absentCredentials, drop: markCredentialsMissing };
      missing = await takeList(ctx, source, listing.items);
    }
    const count = await ctx.tx(async (db) => {
      await forgetUnusedHarvest(db, ctx.environmentId);
      return countCredentials(db, ctx.environmentId);
    });
    const note = listing.supported
      ? null
      : { code: 'harvested', detail: `${listing.detail} Known from the workflows that use them.` };
    return { status: 'done', count, changed: 0, missing, note };
  },
};

export const tagPhase: Phase = {
  name: 'tags',
  async run(ctx) {
    const list = () => ctx.provider.listTags({ signal: ctx.signal });
    const tags = await list();
    const missing = await takeList(ctx, { list, save: saveTags, absent: absentTags, drop: forgetTags }, tags);
    return { status: 'done', count: tags.length, changed: 0, missing, note: null };
  },
};

export const userPhase: Phase = {
  name: 'users',
  async run(ctx) {
    const call = { signal: ctx.signal };
    const listing = await ctx.provider.listUsers(call);
    if (!listing.supported) return { status: 'skipped', problem: { code: 'unsupported', detail: listing.detail } };
    const list = async () => {
      const again = await ctx.provider.listUsers(call);
      return again.supported ? again.items : listing.items;
    };
    const source = { list, save: saveUsers, absent: absentUsers, drop: forgetUsers };
    const missing = await takeList(ctx, source, listing.items);
    return { status: 'done', count: listing.items.length, changed: 0, missing, note: null };
  },
};
