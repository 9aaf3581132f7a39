import { download } from '@/lib/core/files';
import type { TenantContext } from '@/lib/kernel/context';
import { operation } from '@/lib/kernel/operation';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { periodOf, readAcceptances, readFigures, readIncidents, type Slice } from './compliance-store';
import { exportCompliance } from './export';
import { Compliance, ExportCompliance, GetCompliance } from './schema';

/** A page shows so many of each; the file has them all. */
const SHOWN = 100;
/** Rows of the file that are held at once. */
const BATCH = 500;

const read = { status: 200, permission: 'report:read', effect: 'read' } as const;

export const getDriftCompliance = operation({
  ...read,
  name: 'report.compliance',
  summary: 'What happened to drift in a period, in figures',
  description: 'Figures over everything, and the newest hundred incidents and acceptances; the export has all of them.',
  input: GetCompliance,
  output: Compliance,
  run(ctx, asked) {
    const now = new Date();
    const period = periodOf(asked, now);
    return ctx.tx(async (db) => ({
      ...(await readFigures(db, period, now)),
      acceptances: await readAcceptances(db, period, { take: SHOWN }),
      incidents: await readIncidents(db, period, { take: SHOWN }, now),
    }));
  },
});

export const exportDriftCompliance = operation({
  ...read,
  name: 'report.exportCompliance',
  summary: 'The same as a file: JSON, or CSV with one line an incident',
  input: ExportCompliance,
  output: download('text/csv'),
  rateClass: 'expensive',
  async run(ctx, { format, ...asked }) {
    const now = new Date();
    const period = periodOf(asked, now);
    return exportCompliance(format, {
      figures: await ctx.tx((db) => readFigures(db, period, now)),
      incidents: () => batches(ctx, (db, slice) => readIncidents(db, period, slice, now)),
      acceptances: () => batches(ctx, (db, slice) => readAcceptances(db, period, slice)),
    });
  },
});

async function* batches<Item>(ctx: TenantContext, read: (db: TenantDb, slice: Slice<Item>) => Promise<Item[]>) {
  for (let after: Item | undefined; ; ) {
    const some = await ctx.tx((db) => read(db, { take: BATCH, after }));
    yield some;
    if (some.length < BATCH) return;
    after = some.at(-1);
  }
}
