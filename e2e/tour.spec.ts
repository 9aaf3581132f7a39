import { expect } from '@playwright/test';
import { connect, sync } from '../scripts/demo/connect.ts';
import { furnish } from '../scripts/demo/furnish.ts';
import type { JsonApi } from '../scripts/demo/http.ts';
import { walk } from '../scripts/demo/tour/tour.ts';
import { test } from './house/fixtures.ts';
import { api, house, n8nAt } from './house/house.ts';
import { apiAs, onboard } from './house/person.ts';
import { removeWorkflow } from './parts/release-family.ts';

test('the tour of the demo tells the whole story, and again on what it left behind', async ({ furnished }) => {
  test.setTimeout(240_000);
  const { slug } = await onboard(furnished.admin, 'Tour Guides');
  const admin = apiAs(furnished.admin, slug);
  const { permissions } = await admin.get<{ permissions: string[] }>('/auth/me');
  const scopes = permissions.filter((permission) => !permission.startsWith('platform:'));
  const { key: apiKey } = await admin.post<{ key: string }>('/api-keys', { name: 'Tour', scopes });
  const [dev, production] = [
    await connect(api(apiKey), 'Development', 'dev', house().n8n[0]),
    await connect(api(apiKey), 'Production', 'production', house().n8n[1]),
  ];
  await emptied(n8nAt(1));
  await Promise.all([sync(api(apiKey), dev), sync(api(apiKey), production)]);
  await furnish(api(apiKey), dev, production);
  const { email, password } = furnished.admin;
  const demo = { url: house().origin, email, password, apiKey, environments: [dev, production] };

  for (const walked of ['first', 'second']) {
    const lines: string[] = [];
    await walk(demo, (line) => lines.push(line));
    const story = lines.join('\n');
    expect(story.match(/^\d+\. /gm), walked).toHaveLength(8);
    expect(story).toMatch(/deployment +\S+: completed/);
    expect(story).toContain('✓ /webhook/shop/order-status listens.');
    expect(story).toMatch(/closed \(revert: /);
    expect(story).toMatch(/closed \(keep: /);
  }
});

/** As the demo's production is before its first tour. */
async function emptied(n8n: JsonApi): Promise<void> {
  const { data } = await n8n.get<{ data: { id: string }[] }>('/workflows?limit=250');
  await Promise.all(data.map(({ id }) => removeWorkflow(n8n, id)));
}
