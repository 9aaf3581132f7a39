import { afterAll, beforeEach, expect, test } from 'vitest';
import { work } from '@/lib/features/inventory/environment.fixture';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { runTick } from '@/lib/kernel/jobs/tick';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { hotfix, live, openDriftHouse, Watched } from '../drift.fixture';
import { acknowledgeIncident, extendIncident } from '../drift-approvals/incident-operations';
import { updateDriftPolicy } from '../drift-policies/operations';
import {
  getIncident,
  getIncidentStats,
  listIncidents,
  listIncidentWorkflows,
  noteOnIncident,
  stabilizeIncident,
  updateIncident,
} from './operations';
import { escalateIncidents } from './service';

const { kernel, place } = openDriftHouse();
let instance: ScriptedInstance;
let tenant: TestTenant;
let watched: Watched;
/** The open incident of a production environment whose one workflow was edited. */
let id: string;

beforeEach(async () => {
  instance = new ScriptedInstance();
  place.instance = instance;
  tenant = await newTenant(kernel);
  const { id: n8nId } = live(instance, 'Orders');
  watched = await Watched.adopt(kernel, tenant);
  hotfix(instance, n8nId);
  await watched.check();
  const { items } = await (await as(kernel, tenant, 'viewer'))(listIncidents, { environmentId: watched.id });
  id = items[0]!.id;
});
afterAll(() => closeHouse(kernel));

const relaxed = async () => (await as(kernel, tenant, 'admin'))(updateDriftPolicy, { template: 'relaxed' });

test('a list finds an incident by what people look for, and not by what it is not', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  const { items } = await viewer(listIncidents, {});
  const workflowId = items[0]!.affectedWorkflows[0]!.workflowId;
  const found = async (query: object) => (await viewer(listIncidents, query)).total;
  for (const query of [
    { status: 'detected' },
    { open: true },
    { class: 'production' },
    { workflowId },
    { driftClass: 'edited' },
    { search: 'orders' },
    { overdue: false },
    { environmentId: watched.id, sort: 'dueAt' },
  ]) {
    expect([query, await found(query)]).toEqual([query, 1]);
  }
  for (const query of [
    { status: 'closed' },
    { open: false },
    { class: 'staging' },
    { driftClass: 'tags' },
    { overdue: true },
    { search: '%' },
  ]) {
    expect([query, await found(query)]).toEqual([query, 0]);
  }
  const stats = await viewer(getIncidentStats);
  expect(stats).toMatchObject({ open: 1, overdue: 0, byStatus: { detected: 1, closed: 0 } });
});

test('an incident is due by its severity, and tells in a title and sentences what happened', async () => {
  const incident = await (await as(kernel, tenant, 'viewer'))(getIncident, { id });
  const hours = { critical: 24, high: 48, medium: 72, low: 168 }[incident.severity];
  expect(Date.parse(incident.dueAt) - Date.parse(incident.detectedAt)).toBe(hours * 3_600_000);
  expect(incident.title).toBe('Orders was edited in eu-production');
  expect(incident.affectedWorkflows[0]!.sentences.join()).toContain('elsewhere.example.com');
});

test('graver drift that joins an old incident is due by its own hours from when it was found', async () => {
  const [n8nId] = instance.workflows.keys();
  const found = new Date(Date.now() - 100 * 3_600_000);
  const old = { severity: 'low', detectedAt: found, dueAt: new Date(Date.now() + 68 * 3_600_000) };
  await watched.read((db) => db.incident.update({ where: { id }, data: old }));
  await instance.provider.unpublishWorkflow(n8nId!);
  const before = Date.now();
  await watched.check();
  const incident = await (await as(kernel, tenant, 'viewer'))(getIncident, { id });
  expect(incident).toMatchObject({ severity: 'high', overdue: false });
  const hours = (Date.parse(incident.dueAt) - before) / 3_600_000;
  expect(hours).toBeGreaterThanOrEqual(48);
  expect(hours).toBeLessThan(48.1);
});

test('each step is legal once, in its order, and in the timeline with who did it', async () => {
  const developer = await as(kernel, tenant, 'developer');
  await expect(developer(stabilizeIncident, { id })).rejects.toMatchObject({ code: 'illegal_transition' });
  await developer(acknowledgeIncident, { id, reason: 'Looking at it', ticket: 'OPS-7' });
  await expect(developer(acknowledgeIncident, { id })).rejects.toMatchObject({ code: 'illegal_transition' });
  const stabilized = await developer(stabilizeIncident, { id });
  expect(stabilized).toMatchObject({ status: 'stabilized', ticket: 'OPS-7' });
  expect(stabilized.timeline.map(({ type, actor }) => [type, actor.type])).toEqual([
    ['detected', 'user'],
    ['acknowledged', 'user'],
    ['stabilized', 'user'],
  ]);
});

test('of twenty that acknowledge at once one does', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => developer(acknowledgeIncident, { id })));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { timeline } = await developer(getIncident, { id });
  expect(timeline.filter(({ type }) => type === 'acknowledged')).toHaveLength(1);
});

test('an incident belongs to a member, and a change decided on an older version is refused', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const stranger = (await newTenant(kernel)).people.developer.id;
  await expect(developer(updateIncident, { id, ownerId: stranger })).rejects.toMatchObject({
    errors: [{ path: 'ownerId' }],
  });
  const owned = await developer(updateIncident, { id, ownerId: tenant.people.developer.id });
  expect(owned.ownerId).toBe(tenant.people.developer.id);
  await expect(developer(updateIncident, { id, ticket: 'OPS-8' }, owned.version - 1)).rejects.toMatchObject({
    status: 412,
  });
});

test('of ten changes decided on the same version one is made, and the others are told', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const { version } = await developer(getIncident, { id });
  const change = (_: unknown, at: number) => developer(updateIncident, { id, ticket: `OPS-${at}` }, version);
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, change));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of outcomes) if (one.status === 'rejected') expect(one.reason).toMatchObject({ status: 412 });
});

test('a list tells how many workflows an incident has and shows the gravest of them', async () => {
  const like = await watched.read((db) => db.incidentWorkflow.findFirstOrThrow());
  const more = Array.from({ length: 30 }, (_, at) => {
    const { id: _id, tenantId: _tenant, sentences: _sentences, reasons: _reasons, ...row } = like;
    const mine = { key: `n8n:${at}`, workflowId: null, name: `Other ${at}`, sentences: [], reasons: [] };
    return { ...row, ...mine, status: at < 10 ? 'gone' : 'open', severity: at === 29 ? 'critical' : 'low' };
  });
  await watched.read((db) => db.incidentWorkflow.createMany({ data: more }));
  const { items } = await (await as(kernel, tenant, 'viewer'))(listIncidents, {});
  expect(items[0]).toMatchObject({ affectedCount: 31, openCount: 21 });
  expect(items[0]!.affectedWorkflows).toHaveLength(20);
  expect(items[0]!.affectedWorkflows[0]).toMatchObject({ name: 'Other 29', severity: 'critical' });
  const viewer = await as(kernel, tenant, 'viewer');
  const page = (query: object) => viewer(listIncidentWorkflows, { id, ...query });
  expect(await page({ pageSize: 20, page: 2 })).toMatchObject({ total: 31, items: { length: 11 } });
  expect(await page({ status: 'gone' })).toMatchObject({ total: 10 });
  expect(await page({ severity: 'critical' })).toMatchObject({ items: [{ name: 'Other 29', sentences: [] }] });
});

test('an incident of a thousand workflows shows two hundred of them, the open and gravest first', async () => {
  await watched.read(async (db) => {
    const { id: _id, tenantId: _tenant, workflowId: _workflow, ...like } = await db.incidentWorkflow.findFirstOrThrow();
    const row = { ...like, sentences: ['It differs'], reasons: [] };
    const more = Array.from({ length: 1_000 }, (_, at) => ({
      ...row,
      ...{ key: `n8n:${at}`, name: `Other ${at}`, severity: at % 2 ? 'critical' : 'low' },
      status: at < 500 ? 'gone' : 'open',
    }));
    await db.incidentWorkflow.createMany({ data: more });
  });
  const incident = await (await as(kernel, tenant, 'viewer'))(getIncident, { id });
  expect(incident).toMatchObject({ affectedCount: 1_001, openCount: 501, affectedWorkflows: { length: 200 } });
  const shown = incident.affectedWorkflows.map(({ status, severity }) => `${status} ${severity}`);
  expect(new Set(shown)).toEqual(new Set(['open critical']));
});

test('what is overdue is escalated once and stays open; more time ends the escalation', async () => {
  await relaxed();
  const tick = async () => {
    await runTick(kernel, 'drift-due', new AbortController().signal);
    const jobs = await watched.read((db) =>
      db.backgroundJob.findMany({ where: { type: 'incident-escalate', status: 'pending' } }),
    );
    for (const job of jobs) await work(kernel, tenant, job.id);
    return jobs.length;
  };
  const due = (dueAt: Date) => watched.read((db) => db.incident.update({ where: { id }, data: { dueAt } }));
  expect(await tick()).toBe(0);
  await due(new Date(Date.now() + 3_600_000));
  expect(await tick()).toBe(1);
  expect(await tick()).toBe(0);
  await due(new Date(Date.now() - 1_000));
  expect(await tick()).toBe(1);
  expect(await tick()).toBe(0);
  const viewer = await as(kernel, tenant, 'viewer');
  const late = await viewer(getIncident, { id });
  expect(late).toMatchObject({ status: 'detected', overdue: true });
  expect(late.timeline.map(({ type }) => type)).toEqual(['detected', 'warned', 'expired']);
  const later = await (await as(kernel, tenant, 'developer'))(extendIncident, { id, hours: 48, reason: 'Vendor' });
  expect(later).toMatchObject({ overdue: false, expiredAt: null });
});

test('an incident that got more time at the same moment is not escalated', async () => {
  await watched.read((db) => db.incident.update({ where: { id }, data: { dueAt: new Date(0) } }));
  const later = new Date(Date.now() + 48 * 3_600_000);
  const done = await watched.read((db) => {
    const findMany: typeof db.incident.findMany = (async (query: object) => {
      const rows = await db.incident.findMany(query);
      await db.incident.update({ where: { id }, data: { dueAt: later } });
      return rows;
    }) as never;
    const incident = { findMany, updateMany: (query: never) => db.incident.updateMany(query) };
    const actor = { type: 'system', id: null, label: 'n8n Ops' } as const;
    return escalateIncidents({ driftPolicy: db.driftPolicy, incident } as never, actor, new Date());
  });
  expect(done).toEqual({ warned: 0, expired: 0 });
  expect(await watched.read((db) => db.incident.findFirstOrThrow())).toMatchObject({ dueAt: later, expiredAt: null });
});

test('where the policy opens no incident for the class, drift is shown and nothing is opened', async () => {
  await relaxed();
  const staging = await Watched.adopt(kernel, tenant, 'staging');
  hotfix(instance, [...instance.workflows.keys()][0]!, 'https://third.example.com');
  expect(await staging.check()).toMatchObject({ result: { status: 'drifted', incidentId: null } });
  expect((await (await as(kernel, tenant, 'viewer'))(listIncidents, { environmentId: staging.id })).total).toBe(0);
});

test('an incident that stands when the policy no longer opens any is kept true to its end; no other follows', async () => {
  await (await as(kernel, tenant, 'admin'))(updateDriftPolicy, { incidentsIn: [] });
  const [n8nId] = instance.workflows.keys();
  const viewer = await as(kernel, tenant, 'viewer');
  hotfix(instance, n8nId!, 'https://third.example.com');
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted', incidentId: id } });
  expect((await viewer(getIncident, { id })).timeline.map(({ type }) => type)).toEqual(['detected', 'drift_changed']);
  hotfix(instance, n8nId!, 'https://shop.example.com');
  expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
  expect(await viewer(getIncident, { id })).toMatchObject({ status: 'closed', resolution: 'undone' });
  hotfix(instance, n8nId!);
  expect(await watched.check()).toMatchObject({ result: { status: 'drifted', incidentId: null } });
});

test('a note stays in the timeline with who wrote it, and moves nothing else', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const noted = await developer(noteOnIncident, { id, text: 'Finance asked for it by phone.' });
  expect(noted).toMatchObject({ status: 'detected', version: (await developer(getIncident, { id })).version });
  const entry = noted.timeline.at(-1);
  expect(entry).toMatchObject({ type: 'note', details: { text: 'Finance asked for it by phone.' } });
  expect(entry?.actor.id).toBe(tenant.people.developer.id);
  const viewer = await as(kernel, tenant, 'viewer');
  await expect(viewer(noteOnIncident, { id, text: 'x' })).rejects.toMatchObject({ kind: 'forbidden' });
});
