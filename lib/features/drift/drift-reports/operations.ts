import { z } from 'zod';
import { JobReceipt } from '@/lib/features/service/background-jobs/schema';
import { operation } from '@/lib/kernel/operation';
import { driftPrune } from './jobs';
import {
  DriftReportDetail,
  DriftReportFlagPage,
  DriftReportPage,
  GetDriftReport,
  ListDriftReportFlags,
  ListDriftReports,
} from './schema';
import { getReport, listFlags, listReports } from './store';

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
  summary: 'A check with the workflows that differed',
  description: 'The first two hundred, drift and the gravest first; `flagCount` says how many there are.',
  input: GetDriftReport,
  output: DriftReportDetail,
  run: (ctx, { id }) => ctx.tx((db) => getReport(db, id)),
});

export const listDriftReportFlags = operation({
  ...read,
  name: 'report.flags',
  summary: 'The workflows that differed in one check, page by page',
  input: ListDriftReportFlags,
  output: DriftReportFlagPage,
  run: (ctx, query) => ctx.tx((db) => listFlags(db, query)),
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
