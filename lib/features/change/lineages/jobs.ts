import { z } from 'zod';
import { job, scheduledJob } from '@/lib/kernel/jobs/job';
import { linkInventory } from './link-inventory';

/** One at a time in a tenant: it looks at all environments together. */
export const lineageLink = job({
  name: 'lineage-link',
  input: z.object({}),
  singletonKey: () => 'tenant',
  timeout: 900,
  attempts: 5,
  run: (ctx) => linkInventory(ctx),
});

/** Environments a tick looks at; the rest waits for the next one. */
const PER_TICK = 500;
type Read = { tenant_id: string; id: string; moved: boolean };

/** Starts linking where a refresh has read something new since the last time. */
export const linkingDue = scheduledJob({
  name: 'linking-due',
  schedule: '* * * * *',
  async run(ctx) {
    const read = await ctx.platform.tx(async (db) => {
      const rows = await db.$queryRaw<Read[]>`
        SELECT e.tenant_id, e.id, EXISTS (
          SELECT FROM workflows w WHERE w.tenant_id = e.tenant_id AND w.environment_id = e.id
            AND greatest(w.seen_at, w.missing_since) > coalesce(e.linked_at, '-infinity')) AS moved
        FROM environments e JOIN tenants ON tenants.id = e.tenant_id
        WHERE e.synced_at > coalesce(e.linked_at, '-infinity') AND tenants.status = 'active'
        ORDER BY e.synced_at LIMIT ${PER_TICK}`;
      const same = rows.filter(({ moved }) => !moved).map(({ id }) => id);
      await db.$executeRaw`UPDATE environments SET linked_at = synced_at WHERE id = ANY (${same}::uuid[])`;
      return rows;
    });
    for (const tenantId of new Set(read.filter(({ moved }) => moved).map((row) => row.tenant_id))) {
      if (ctx.signal.aborted) return;
      await ctx.enqueueFor(tenantId, lineageLink, {});
    }
  },
});
