// npm run demo [-- --n8n 1.x --port 3000 --n8n-ports 5678,5679 --data-dir .data --json]: n8n Ops with two real n8n.
import { serve } from '../app/serve.ts';
import { runCommand, untilStopped } from '../command.ts';
import { createAccount } from '../demo/account.ts';
import { connect, sync } from '../demo/connect.ts';
import { JsonApi } from '../demo/http.ts';
import { startInstances } from '../demo/instances.ts';
import { readDemoOptions } from '../demo/options.ts';
import { seedShop } from '../demo/seed.ts';
import { describe } from '../demo/summary.ts';
import { step } from '../progress.ts';

await runCommand(async (scope) => {
  const { n8n, n8nPorts, json, ...settings } = readDemoOptions();
  const { stopping } = scope;
  // A demo is this machine's own, whatever the environment, or a `.env` that Next reads, says of another.
  const LOG_LEVEL = process.env.LOG_LEVEL || 'warn';
  Object.assign(process.env, { DATABASE_URL: '', APP_ORIGIN: '', EGRESS: 'private', LOG_LEVEL });
  // stdout belongs to the result.
  const application = await serve({ mode: 'start', stdio: ['ignore', 2, 2], ...settings }, scope);

  const instances = { version: n8n, ports: n8nPorts, dataFolder: settings.dataFolder };
  const [dev, production] = await startInstances(instances, application.children, stopping);
  if (!dev || !production) throw new Error('n8n did not start twice.');
  await step('Workflows', () => seedShop(dev));

  const account = await createAccount(application.env, stopping);
  const api = new JsonApi(`${application.origin}/api/v1`, { authorization: `Bearer ${account.apiKey}` });
  const environments = await step('Inventory', async () => {
    const connected = [
      await connect(api, 'Development', 'dev', dev),
      await connect(api, 'Production', 'production', production),
    ];
    await Promise.all(connected.map((environment) => sync(api, environment)));
    return connected;
  });

  const { email, password, apiKey } = account;
  const demo = { url: application.origin, email, password, apiKey, environments };
  console.log(json ? JSON.stringify(demo) : describe(demo, [dev, production]));
  return Promise.race([application.ended, untilStopped(stopping).then(() => 0)]);
});
