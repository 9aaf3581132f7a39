import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Download } from '@/lib/core/files';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { hotfix, live, openDriftHouse, Watched } from '../drift.fixture';
import { getDriftPolicy, updateDriftPolicy } from '../drift-policies/operations';
import {
  exportDriftCompliance,
  getDriftCompliance,
  getDriftReport,
  listDriftReports,
  pruneDriftHistory,
} from './operations';

const { kernel, place } = openDriftHouse();
let instance: ScriptedInstance;
let tenant: TestTenant;
let watched: Watched;

beforeEach(async () => {
  instance = new ScriptedInstance();
  place.instance = instance;
  tenant = await newTenant(kernel);
  const { id } = live(instance, 'Orders');
  watched = await Watched.adopt(kernel, tenant);
  await watched.check();
  hotfix(instance, id);
  await watched.check();
  await watched.check();
});
afterAll(() => closeHouse(kernel));

test('every check is a report; one that found the same as before shows the same flags', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const { items } = await viewer(listDriftReports, { environmentId: watched.id });
  expect(items.map(({ status, driftedCount }) => [status, driftedCount])).toEqual([
    ['drifted', 1],
    ['drifted', 1],
    ['clean', 0],
  ]);
  expect(items[0]).toMatchObject({ trigger: 'request', workflowCount: 1, comparedCount: 1, byClass: { edited: 1 } });
  const [newest, first] = await Promise.all(items.slice(0, 2).map(({ id }) => viewer(getDriftReport, { id })));
  expect(newest!.flags).toMatchObject([{ name: 'Orders', driftClass: 'edited', expected: null }]);
  expect(newest!.flags).toEqual(first!.flags);
  expect((await viewer(listDriftReports, { status: 'clean' })).total).toBe(1);
});

test('the compliance report says the same as figures and as a file that a spreadsheet opens safely', async () => {
  await watched.read((db) => db.incident.updateMany({ data: { title: '=HYPERLINK("x"), "quoted"' } }));
  const viewer = await as(kernel, tenant, 'viewer');
  const report = await viewer(getDriftCompliance, {});
  expect(report).toMatchObject({
    total: 1,
    byStatus: { detected: 1 },
    inTimePercentage: null,
    checks: { total: 3, failed: 0 },
  });
  const text = async (format: string) =>
    new TextDecoder().decode(((await viewer(exportDriftCompliance, { format })) as Download).body as Uint8Array);
  const [header, line, ...rest] = (await text('csv')).split('\r\n');
  expect(header!.split(',')).toHaveLength(14);
  expect(line).toContain(`"'=HYPERLINK(""x""), ""quoted"""`);
  expect(rest).toEqual(['']);
  expect(JSON.parse(await text('json'))).toMatchObject({ incidents: [{ id: report.incidents[0]!.id }] });
  const before = await viewer(getDriftCompliance, { to: '2020-01-01T00:00:00.000Z' });
  expect(before).toMatchObject({ total: 0, incidents: [] });
});

test('retention forgets what is old, and keeps the newest check with the flags it points to', async () => {
  const admin = await as(kernel, tenant, 'admin');
  await admin(updateDriftPolicy, { checkDays: 30, incidentDays: 30 });
  const old = new Date(Date.now() - 60 * 86_400_000);
  await watched.read((db) => db.driftCheck.updateMany({ data: { startedAt: old } }));
  await watched.read((db) => db.incident.updateMany({ data: { status: 'closed', closedAt: old } }));
  const { jobId } = await admin(pruneDriftHistory);
  expect((await watched.done(jobId)).result).toEqual({ checks: 1, incidents: 1, approvals: 0 });
  const { items } = await admin(listDriftReports, {});
  expect(items).toHaveLength(2);
  for (const { id } of items) expect((await admin(getDriftReport, { id })).flags).toHaveLength(1);
});

test('a policy is standard until it is changed; a template brings all its values, and hours keep their order', async () => {
  const admin = await as(kernel, tenant, 'admin');
  expect(await admin(getDriftPolicy)).toMatchObject({ template: 'standard', version: 0, criticalHours: 24 });
  const strict = await admin(updateDriftPolicy, { template: 'strict' });
  expect(strict).toMatchObject({ template: 'strict', blockOnDrift: true, version: 1 });
  expect(await admin(updateDriftPolicy, { checkDays: 7 }, 1)).toMatchObject({
    template: null,
    checkDays: 7,
    version: 2,
  });
  await expect(admin(updateDriftPolicy, { checkDays: 8 }, 1)).rejects.toMatchObject({ status: 412 });
  await expect(admin(updateDriftPolicy, { criticalHours: 200 })).rejects.toMatchObject({ kind: 'invalid' });
  const viewer = await as(kernel, tenant, 'viewer');
  await expect(viewer(updateDriftPolicy, { checkDays: 9 })).rejects.toMatchObject({ kind: 'forbidden' });
});
