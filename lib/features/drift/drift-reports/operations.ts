import { z } from 'zod';
import { download } from '@/lib/core/files';
import { JobReceipt } from '@/lib/features/service/background-jobs/schema';
import { operation } from '@/lib/kernel/operation';
import { readCompliance } from './compliance-store';
import { exportCompliance } from './export';
import { driftPrune } from './jobs';
import {
  Compliance,
  DriftReportDetail,
  DriftReportPage,
  ExportCompliance,
  GetCompliance,
  GetDriftReport,
  ListDriftReports,
} from './schema';
import { getReport, listReports } from './store';

const read = { status: 200, permission: 'report:read', effect: 'read' } as const;

export const listDriftReports = operation({
  ...read,
  name: 'report.list',
  summary: 'Every check for drift, newest first',
  input: ListDriftReports,
  output: DriftReportPage,
  run: (ctx, query) => ctx.tx((db) => listReports(db, query)),
});

export const getDriftReport = operation({
  ...read,
  name: 'report.get',
  summary: 'A check with every workflow that differed',
  input: GetDriftReport,
  output: DriftReportDetail,
  run: (ctx, { id }) => ctx.tx((db) => getReport(db, id)),
});

export const getDriftCompliance = operation({
  ...read,
  name: 'report.compliance',
  summary: 'What happened to drift in a period, in figures',
  input: GetCompliance,
  output: Compliance,
  run: (ctx, period) => ctx.tx((db) => readCompliance(db, period, new Date())),
});

export const exportDriftCompliance = operation({
  ...read,
  name: 'report.exportCompliance',
  summary: 'The same as a file: JSON, or CSV with one line an incident',
  input: ExportCompliance,
  output: download('text/csv'),
  rateClass: 'expensive',
  async run(ctx, { format, ...period }) {
    return exportCompliance(format, await ctx.tx((db) => readCompliance(db, period, new Date())));
  },
});

export const pruneDriftHistory = operation({
  name: 'driftPolicy.cleanup',
  summary: 'Forget now what the policy lets go; a job does so every night',
  input: z.object({}),
  output: JobReceipt,
  status: 202,
  permission: 'drift-policy:write',
  effect: 'write',
  audit: 'drift-policy.cleanup-requested',
  run: (ctx) =>
    ctx.tx(async (db) => {
      const receipt = await db.enqueue(driftPrune, {});
      db.audit({ details: receipt });
      return receipt;
    }),
});
