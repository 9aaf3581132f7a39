// The main job as people do it: in Chromium, on two real n8n, by what the pages show. Somebody else edits production.
import { expect, type Page } from '@playwright/test';
import { connect, type DemoEnvironment, sync } from '../scripts/demo/connect.ts';
import { test } from './house/fixtures.ts';
import { api, house, n8nAt } from './house/house.ts';
import { apiAs, joinByInvitation, onboard, type SignedIn } from './house/person.ts';
import { git, newestCommit } from './parts/approved-git.ts';
import { childDocument, makeCredential, makeFamily, removeFamily, workflowNamed } from './parts/release-family.ts';
import { settled } from './parts/settled.ts';

const NAMES = { parent: 'Garden order', child: 'Garden stock', handler: 'Garden alarm' };
const FAMILY = { ...NAMES, path: `garden-${Date.now().toString(36)}` };
const PIPELINE = 'Garden release';
const PRODUCTION = 'Shop floor';
const NOOR = { name: 'Noor', email: 'noor@garden.example', role: 'developer' };
const OTTO = { name: 'Otto', email: 'otto@garden.example', role: 'admin' };

/** An organisation of its own, with who works in it. */
interface World {
  base: string;
  /** Of the organisation; its repository is named by it. */
  tenantId: string;
  noor: SignedIn;
  otto: SignedIn;
  dev: DemoEnvironment;
  production: DemoEnvironment;
  /** Opens the webhook in production. */
  headers: Record<string, string>;
}
let world: World;

test.beforeAll(async ({ furnished }) => {
  test.setTimeout(240_000);
  const { slug } = await onboard(furnished.admin, 'Garden Centre');
  const owner = apiAs(furnished.admin, slug);
  const { permissions } = await owner.get<{ permissions: string[] }>('/auth/me');
  const scopes = permissions.filter((permission) => !permission.startsWith('platform:'));
  const { key } = await owner.post<{ key: string }>('/api-keys', { name: 'Furniture', scopes });
  const credential = await makeCredential(n8nAt(0), 'Garden key', 'only-for-dev');
  const { headers } = await makeCredential(n8nAt(1), 'Garden key of the shop', 'only-for-production');
  await makeFamily(n8nAt(0), FAMILY, credential);
  const dev = await connect(api(key), 'Nursery', 'dev', house().n8n[0]);
  const production = await connect(api(key), PRODUCTION, 'production', house().n8n[1]);
  await Promise.all([sync(api(key), dev), sync(api(key), production)]);
  const stage = { sourceEnvironmentId: dev.id, targetEnvironmentId: production.id, requireApproval: true };
  await api(key).post('/pipelines', { name: PIPELINE, stages: [stage] });
  const noor = await joinByInvitation(key, NOOR);
  const otto = await joinByInvitation(key, OTTO);
  const { tenant } = await apiAs(otto, slug).get<{ tenant: { id: string } }>('/auth/status');
  world = { base: `/t/${slug}`, tenantId: tenant.id, noor, otto, dev, production, headers };
});

test.afterAll(async () => {
  await removeFamily(n8nAt(0), FAMILY);
  await removeFamily(n8nAt(1), FAMILY);
});

test.describe.configure({ mode: 'serial', timeout: 240_000 });

test('dev is saved as approved; parent, sub-workflow and error workflow are promoted, verified, and answer', async ({
  browserOf,
}) => {
  const { base, dev, noor, otto } = world;
  const page = await (await browserOf(noor)).newPage();
  const admin = await (await browserOf(otto)).newPage();
  const main = page.getByRole('main');

  await test.step('a developer saves what dev has as approved', async () => {
    await page.goto(`${base}/environments/${dev.id}`);
    await main.getByRole('button', { name: 'Save as approved' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Message').fill('Ready for the shop');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog).toContainText(/\d+ workflows committed/, { timeout: 60_000 });
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await expect(main.getByText('Ready for the shop')).toBeVisible();
    expect(await newestCommit(world.tenantId)).toMatchObject({ author: byOf(NOOR), subject: 'Ready for the shop' });
  });

  await test.step('the parent is chosen; its sub-workflow and error workflow come along', async () => {
    await page.goto(`${base}/workflows?q=${encodeURIComponent(NAMES.parent)}`);
    await main.getByRole('row').filter({ hasText: dev.name }).getByRole('checkbox').check();
    await main.getByRole('link', { name: 'Promote…' }).click();
    await main
      .getByLabel('Which way')
      .selectOption({ label: `${PIPELINE}: ${dev.name} (dev) → ${PRODUCTION} (production)` });
    await main.getByRole('button', { name: 'Compare and plan' }).click();
    await page.waitForURL(/\/promotions\/[0-9a-f-]{36}/);
    for (const name of [NAMES.child, NAMES.handler]) {
      await expect(main.getByRole('listitem').filter({ hasText: name }).getByText('pulled in').first()).toBeVisible();
    }
  });
  const promotion = page.url();
  const box = page.getByRole('complementary', { name: 'What is missing' });

  await test.step('the credential that production lacks is bound in place, and somebody else approves', async () => {
    await box.getByRole('button', { name: /^Bind httpHeaderAuth:Garden key/ }).click();
    const dialog = page.getByRole('dialog');
    const choice = dialog.getByLabel('Credential there');
    const shop = await choice.getByRole('option', { name: /^Garden key of the shop/ }).getAttribute('value');
    await choice.selectOption(shop);
    await dialog.getByLabel('Reason').fill('The shop has a key of its own.');
    await dialog.getByRole('button', { name: 'Bind it' }).click();
    await expect(box).toContainText('1 thing is missing');
    const calls = main.getByRole('table', { name: 'planned calls' }).getByText(/^POST \/workflows$/);
    await expect(calls).toHaveCount(3);
    await admin.goto(promotion);
    await admin.getByRole('main').getByRole('button', { name: 'Approve…' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(admin.getByRole('complementary', { name: 'What is missing' })).toContainText('Nothing is missing');
  });

  await test.step('it is applied, verified, and production runs its own three workflows', async () => {
    await expect(box).toContainText('Nothing is missing');
    await box.getByRole('button', { name: /^Apply to production/ }).click();
    const progress = main.getByRole('region', { name: 'Progress' });
    await expect(progress.getByRole('status')).toHaveText('Verified', { timeout: 90_000 });
    await main.getByRole('link', { name: 'Open the deployment' }).click();
    await page.waitForURL(/\/deployments\//);
    await expect(
      main
        .getByRole('listitem')
        .filter({ hasText: NAMES.parent })
        .getByText(/listens/)
        .first(),
    ).toBeVisible();
    await expect(main.getByText('Approved as')).toBeVisible();
    const { trailers, ...commit } = await newestCommit(world.tenantId);
    expect(commit).toMatchObject({
      author: byOf(NOOR),
      subject: `Promote 3 workflows from ${dev.name} to ${PRODUCTION}`,
    });
    expect(trailers).toEqual({
      Release: idIn(promotion),
      Deployment: idIn(page.url()),
      Actor: `user:${await idOf(noor)}`,
    });
    const [parent, child, handler] = await Promise.all(
      [NAMES.parent, NAMES.child, NAMES.handler].map((name) => workflowNamed(n8nAt(1), name)),
    );
    expect(JSON.stringify(parent?.nodes)).toContain(child?.id);
    expect(parent?.settings).toMatchObject({ errorWorkflow: handler?.id });
    await expect.poll(mark).toBe('first');
  });
});

test('an edit behind our back is an incident after one check; an admin reverts it, and production is in sync', async ({
  browserOf,
}) => {
  const page = await (await browserOf(world.noor)).newPage();
  const admin = await (await browserOf(world.otto)).newPage();
  const main = page.getByRole('main');

  await test.step('an edit behind our back is an incident after one check, which a developer can only look at', async () => {
    await checkNow(admin);
    await expect(driftOf(admin)).toContainText('What runs there is what was approved.');
    await edit('nobody approved this');
    await openIncident(admin);
    await page.goto(admin.url());
    const revert = main.getByRole('button', { name: `Revert in ${PRODUCTION}…` });
    await expect(revert).toHaveAttribute('aria-disabled', 'true');
    await expect(revert).toHaveAccessibleDescription(/admin/i);
  });

  await test.step('reverted, it is closed, production is in sync and answers as before', async () => {
    await resolve(admin, { opens: `Revert in ${PRODUCTION}…`, verb: 'Revert', reason: 'Nobody asked for it.' });
    await expect(admin.getByRole('list', { name: 'Timeline' })).toContainText('Closed: reverted');
    await expect(main.getByRole('list', { name: 'Timeline' }), 'live, where a developer looks').toContainText('Closed');
    await inSync(admin);
    await expect.poll(mark).toBe('first');
  });
});

test('another one is kept: production is in sync, and git has it by who decided', async ({ browserOf }) => {
  const { otto } = world;
  const admin = await (await browserOf(otto)).newPage();
  await edit('hotfix');
  await openIncident(admin);
  await resolve(admin, { opens: 'Keep…', verb: 'Keep', reason: 'The night shift was right.' });
  await expect(admin.getByRole('list', { name: 'Timeline' })).toContainText('Closed: kept');
  await inSync(admin);
  await expect.poll(mark).toBe('hotfix');
  await admin.getByRole('link', { name: 'Overview' }).click();
  const approved = under(admin, 'Approved state');
  await expect(approved).toContainText(OTTO.name);
  await expect(approved).toContainText(NAMES.child);
  const commit = await newestCommit(world.tenantId);
  expect(commit).toMatchObject({ author: byOf(OTTO), trailers: { Actor: `user:${await idOf(otto)}` } });
  expect(commit.subject).toContain(NAMES.child);
  expect(commit.changed.map((line) => line.replace(/-\w{8}\.json$/, ''))).toEqual([
    'environments/shop-floor/manifest.json',
    'environments/shop-floor/workflows/garden-stock',
  ]);
  expect(await git(world.tenantId, 'show', `main:${commit.changed[1]}`)).toContain('hotfix');
});

/** What production answers through its webhook: what the child says that it calls. */
const mark = async (): Promise<unknown> => {
  const answer = await fetch(`${house().n8n[1].baseUrl}/webhook/${FAMILY.path}`, { headers: world.headers });
  return answer.ok ? ((await answer.json()) as { mark: string }).mark : answer.status;
};

/** As somebody does in n8n itself. */
async function edit(value: string): Promise<void> {
  const { id } = await workflowNamed(n8nAt(1), NAMES.child);
  await n8nAt(1).put(`/workflows/${id}`, childDocument(NAMES.child, value));
}

/** What stands under a heading of the page. */
const under = (page: Page, heading: string) =>
  page.getByRole('main').locator('section', { has: page.getByRole('heading', { name: heading, exact: true }) });
const driftOf = (page: Page) => under(page, 'Drift');

async function checkNow(page: Page): Promise<void> {
  await page.goto(`${world.base}/environments/${world.production.id}/drift`);
  await settled(page);
  const checks = under(page, 'Checks').getByRole('row');
  const before = await checks.count();
  await driftOf(page).getByRole('button', { name: 'Check now' }).click();
  await expect.poll(() => checks.count(), { timeout: 60_000 }).toBeGreaterThan(before);
  await expect(driftOf(page).getByRole('button', { name: 'Check now' })).toBeVisible();
}

/** From the page of the environment, by one check, to the incident that it opened. */
async function openIncident(page: Page): Promise<void> {
  await checkNow(page);
  const main = page.getByRole('main');
  await expect(driftOf(page)).toContainText('1 workflow');
  await expect(under(page, 'What differs')).toContainText(NAMES.child);
  await main.getByRole('link', { name: 'Its incidents' }).click();
  await main.getByRole('row').filter({ hasText: 'Detected' }).getByRole('link').first().click();
  await page.waitForURL(/\/incidents\/[0-9a-f-]{36}/);
  await expect(main.getByRole('heading', { name: new RegExp(`What differs in ${NAMES.child}`) })).toBeVisible();
  const changes = main.getByRole('region', { name: 'Changes' });
  await expect(changes).toContainText(/value.*of.*Mark/i);
  await expect(changes, 'it runs as before').not.toContainText('published');
}

async function resolve(page: Page, { opens, verb, reason }: Record<'opens' | 'verb' | 'reason', string>) {
  await page.getByRole('main').getByRole('button', { name: opens }).click();
  const dialog = page.getByRole('dialog');
  const decide = dialog.getByRole('button', { name: verb, exact: true });
  await expect(decide).toHaveAccessibleDescription('Say why first.');
  await dialog.getByLabel('Reason').fill(reason);
  await decide.click();
  await expect(dialog.getByRole('list', { name: 'Progress' })).toContainText('verified, done', { timeout: 90_000 });
  await dialog.getByRole('button', { name: 'Close' }).first().click();
}

async function inSync(page: Page): Promise<void> {
  await page.goto(`${world.base}/environments/${world.production.id}/drift`);
  await expect(driftOf(page)).toContainText('What runs there is what was approved.');
  await expect(under(page, 'What differs')).not.toContainText(NAMES.child);
}

const byOf = ({ name, email }: { name: string; email: string }): string => `${name} <${email}>`;
const idIn = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? '';
const idOf = async (person: SignedIn): Promise<string> =>
  (await apiAs(person, world.base.slice(3)).get<{ user: { id: string } }>('/auth/me')).user.id;
