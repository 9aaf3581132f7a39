import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Download } from '@/lib/core/files';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { hotfix, live, openDriftHouse, Watched } from '../drift.fixture';
import { getDriftPolicy, updateDriftPolicy } from '../drift-policies/operations';
import { exportDriftCompliance, getDriftCompliance } from './compliance-operations';
import { getDriftReport, listDriftReportFlags, listDriftReports, pruneDriftHistory } from './operations';

const { kernel, place } = openDriftHouse();
let instance: ScriptedInstance;
let tenant: TestTenant;
let watched: Watched;
/** The check that wrote the flags of the drift. */
let flagged: string;

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
  const { flagsOf } = await watched.read((db) => db.driftCheck.findFirstOrThrow({ where: { NOT: { flagsOf: null } } }));
  flagged = flagsOf!;
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
    new Response(((await viewer(exportDriftCompliance, { format })) as Download).body as BodyInit).text();
  const [header, line, ...rest] = (await text('csv')).split('\r\n');
  expect(header!.split(',')).toHaveLength(14);
  expect(line).toContain(`"'=HYPERLINK(""x""), ""quoted"""`);
  expect(rest).toEqual(['']);
  expect(JSON.parse(await text('json'))).toMatchObject({ incidents: [{ id: report.incidents[0]!.id }] });
  const before = await viewer(getDriftCompliance, { to: '2020-01-01T00:00:00.000Z' });
  expect(before).toMatchObject({ total: 0, incidents: [] });
});

test('however much there is, an answer has an end, and the file has everything', async () => {
  const like = await watched.read((db) => db.incident.findFirstOrThrow());
  const [from, hours] = [Date.UTC(2024, 0, 1), 3_600_000];
  // Several at the same moment: a page must not end between them.
  await watched.read(
    (db) => db.$executeRaw`
      INSERT INTO incidents (id, environment_id, status, severity, title, drift_digest, due_at, detected_at,
        last_seen_at, closed_at, updated_at)
      SELECT gen_random_uuid(), ${watched.id}::uuid, 'closed', 'low', 'Old ' || at, 'd', later, moment, later, later, later
      FROM generate_series(0, 602) AS at, LATERAL (SELECT ${new Date(from)}::timestamptz + at / 3 * interval '1 hour'
        AS moment) AS m, LATERAL (SELECT moment + interval '1 hour' AS later) AS l`,
  );
  await watched.read(async (db) => {
    const decided = { resolution: 'accept', status: 'completed', reason: 'Fine', driftDigest: 'd', keys: ['a', 'b'] };
    await db.reconciliation.createMany({
      data: Array.from({ length: 130 }, (_, at) => ({
        ...decided,
        incidentId: like.id,
        actor: { type: 'user', id: null, label: 'Ann' },
        createdAt: new Date(from + at * hours),
        expiresAt: new Date(from + (at + 1) * hours),
      })),
    });
  });
  const expected = JSON.stringify({ by: 'accepted', reason: 'Fine', who: 'Ann', until: null });
  await watched.read(
    (db) => db.$executeRaw`
      INSERT INTO drift_flags (id, check_id, key, name, drift_class, classes, severity, fingerprint, expected, sentences,
        reasons)
      SELECT gen_random_uuid(), ${flagged}::uuid, 'n8n:' || at, 'Other ' || at, 'unmanaged', '{unmanaged}', 'low', '',
        ${expected}::jsonb, '[]', '[]'
      FROM generate_series(1, 250) AS at`,
  );
  const viewer = await as(kernel, tenant, 'viewer');
  const period = { from: new Date(from).toISOString(), to: new Date(from + 300 * hours).toISOString() };
  const report = await viewer(getDriftCompliance, period);
  expect(report).toMatchObject({ total: 603, averageHours: 1, acceptanceCount: 130 });
  expect([report.incidents.length, report.acceptances.length]).toEqual([100, 100]);
  expect(report.incidents[0]!.detectedAt).toBe(new Date(from + 200 * hours).toISOString());
  expect(report.acceptances[0]).toMatchObject({ workflowCount: 2, by: 'Ann', incidentId: like.id });
  const text = async (format: string) =>
    new Response(((await viewer(exportDriftCompliance, { ...period, format })) as Download).body as BodyInit).text();
  const lines = (await text('csv')).trimEnd().split('\r\n').slice(1);
  expect(new Set(lines).size).toBe(603);
  const file = JSON.parse(await text('json'));
  expect([file.incidents.length, file.acceptances.length, file.total]).toEqual([603, 130, 603]);
  expect(new Set(file.incidents.map(({ id }: { id: string }) => id)).size).toBe(603);
  await expect(viewer(getDriftCompliance, { from: '1990-01-01T00:00:00.000Z' })).rejects.toMatchObject({
    errors: [{ path: 'from' }],
  });

  const shown = await viewer(getDriftReport, { id: flagged });
  expect([shown.flagCount, shown.flags.length, shown.flags[0]!.name]).toEqual([251, 200, 'Orders']);
  const all = await viewer(listDriftReportFlags, { id: flagged, page: 3, pageSize: 100 });
  expect([all.total, all.items.length]).toEqual([251, 51]);
  expect((await viewer(listDriftReportFlags, { id: flagged, expected: false })).items).toMatchObject([
    { name: 'Orders', expected: null },
  ]);
  expect((await viewer(listDriftReportFlags, { id: flagged, expected: true })).total).toBe(250);
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
