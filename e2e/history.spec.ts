import { expect } from '@playwright/test';
import { test } from './house/fixtures.ts';

test('what was saved is compared with now, brought back on the real n8n, and what ran before is kept', async ({
  furnished,
  browserOf,
}) => {
  const { admin, full } = furnished;
  const page = await (await browserOf(admin)).newPage();
  const main = page.getByRole('main');

  await test.step('one workflow differs from the snapshot, drawn node by node', async () => {
    await page.goto(`/t/${full.tenant}/snapshots/${full.snapshot}`);
    await page.getByRole('link', { name: 'Compare with now' }).click();
    await expect(main.getByText(/^9 as before/)).toBeVisible();
    await main.getByRole('listitem').getByRole('button').first().click();
    await expect(main.getByRole('region', { name: 'Changes' }).getByRole('button').first()).toBeVisible();
    await page.goBack();
    await expect(main.getByText(/^9 as before/)).toBeVisible();
  });

  await test.step('its plan is shown, run, and read back', async () => {
    await page.goto(`/t/${full.tenant}/snapshots/${full.snapshot}/restore`);
    const plan = main.getByRole('table', { name: 'planned calls' });
    await expect(plan.getByText(/\/workflows\/\w+\/(publish|activate)/)).toBeVisible();
    await main.getByRole('button', { name: /^Restore / }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Restore / })
      .click();
    await page.waitForURL(/\/restores\//);
    const progress = main.getByRole('region', { name: 'Progress' });
    await expect(progress.getByRole('status')).toHaveText('Verified', { timeout: 60_000 });
    await expect(main.getByRole('list', { name: 'Journal' })).toContainText('published and read back');
  });

  await test.step('what ran before and what stands since are snapshots', async () => {
    await main.getByRole('link', { name: 'what ran before' }).click();
    await expect(main.getByText('before a restore')).toBeVisible();
    await page.goto(`/t/${full.tenant}/snapshots/compare?from=${full.snapshot}&to=now:${full.environment}`);
    await expect(main.getByText('Nothing differs')).toBeVisible();
  });
});

test('a workflow is ignored with a reason, and taken back among the others', async ({ furnished, browserOf }) => {
  const { admin, full } = furnished;
  const page = await (await browserOf(admin)).newPage();
  const main = page.getByRole('main');
  await page.goto(`/t/${full.tenant}/matrix/linking`);
  const row = main.getByRole('row').filter({ hasText: 'Summarise the day' });
  await row.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Ignore…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Only ever needed here.');
  await dialog.getByRole('button', { name: 'Ignore', exact: true }).click();
  await expect(row).toContainText('Ignored');
  await expect(row).toContainText('Only ever needed here.');
  await row.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Stop ignoring' }).click();
  await expect(row).toContainText('Unmapped');
});
