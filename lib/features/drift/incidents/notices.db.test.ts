import { afterAll, beforeEach, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { runTick } from '@/lib/kernel/jobs/tick';
import type { Mail } from '@/lib/ports/mailer';
import { as, closeHouse, newTenant, type TestTenant } from '@/lib/testing/house';
import { hotfix, live, openDriftHouse, Watched } from '../drift.fixture';
import { updateDriftPolicy } from '../drift-policies/operations';
import { listIncidents, updateIncident } from './operations';

const { kernel, place } = openDriftHouse();
let tenant: TestTenant;
let watched: Watched;
let mails: Mail[];
let refused: string | null;

beforeEach(async () => {
  mails = [];
  refused = null;
  kernel.ports.mailer = {
    async send(mail) {
      if (mail.to === refused) throw new AppError('upstream', 'The server refused it.');
      mails.push(mail);
    },
  };
  place.instance = new ScriptedInstance();
  tenant = await newTenant(kernel);
  live(place.instance, 'Orders');
  watched = await Watched.adopt(kernel, tenant);
});
afterAll(() => closeHouse(kernel));

async function drift() {
  hotfix(place.instance, [...place.instance.workflows.keys()][0]!);
  await watched.check();
  const { items } = await (await as(kernel, tenant, 'viewer'))(listIncidents, {});
  return items[0]!.id;
}

/** Works off what is to be mailed, as a worker would; answers the jobs that took. */
async function deliver() {
  const where = { type: 'incident-notify', status: 'pending' as const };
  const jobs = await watched.read((db) => db.backgroundJob.findMany({ where, select: { id: true } }));
  return Promise.all(jobs.map(({ id }) => watched.outcome(id)));
}

async function escalate() {
  await runTick(kernel, 'drift-due', new AbortController().signal);
  const where = { type: 'incident-escalate', status: 'pending' as const };
  for (const { id } of await watched.read((db) => db.backgroundJob.findMany({ where }))) await watched.outcome(id);
}

test('drift that is found is mailed to the admins, once, with where to look', async () => {
  const id = await drift();
  await watched.check();
  await deliver();
  expect(mails).toMatchObject([
    { to: tenant.people.admin.email, subject: 'Drift: Orders was edited in eu-production' },
  ]);
  expect(mails[0]!.text).toContain(`/t/${tenant.slug}/incidents/${id}`);
});

test('an incident that is overdue is mailed to its owner; with the policy silent nobody hears of it', async () => {
  const id = await drift();
  await deliver();
  mails = [];
  await (await as(kernel, tenant, 'admin'))(updateIncident, { id, ownerId: tenant.people.developer.id });
  const overdue = (at: number) =>
    watched.read((db) => db.incident.update({ where: { id }, data: { dueAt: new Date(at), expiredAt: null } }));
  await overdue(0);
  await escalate();
  await escalate();
  await deliver();
  expect(mails).toMatchObject([
    { to: tenant.people.developer.email, subject: 'Overdue: Orders was edited in eu-production' },
  ]);
  await (await as(kernel, tenant, 'admin'))(updateDriftPolicy, { notifyOnExpiry: false });
  await overdue(1);
  await escalate();
  expect(await deliver()).toEqual([]);
});

test('an address that is refused keeps nobody from hearing of it, and nobody hears of it twice', async () => {
  const { admin, viewer } = tenant.people;
  await watched.read((db) => db.membership.updateMany({ where: { userId: viewer.id }, data: { role: 'admin' } }));
  refused = admin.email;
  await drift();
  expect(await deliver()).toMatchObject([{ status: 'pending' }]);
  expect(mails.map(({ to }) => to)).toEqual([viewer.email]);
  refused = null;
  await watched.read((db) => db.backgroundJob.updateMany({ data: { runAfter: new Date(0) } }));
  await deliver();
  expect(mails.map(({ to }) => to)).toEqual([viewer.email, admin.email]);
});

test('without a mail server, and of what is closed by now, nothing is mailed', async () => {
  await drift();
  await watched.read((db) => db.incident.updateMany({ data: { status: 'closed' } }));
  expect(await deliver()).toMatchObject([{ status: 'completed', result: { mailed: 0 } }]);
  kernel.ports.mailer = null;
  await drift();
  expect(await deliver()).toMatchObject([{ status: 'completed', result: { mailed: 0 } }]);
});
