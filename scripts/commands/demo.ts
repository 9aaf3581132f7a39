// npm run demo [-- --tour --n8n 1.x --port 3000 --n8n-ports 5678,5679 --data-dir .data --json]: n8n Ops with two real
// n8n, until it is stopped. With --tour: walks the product's story on the demo that runs, or on one of its own, and ends.
import { serve } from '../app/serve.ts';
import { runCommand, type Scope, untilStopped } from '../command.ts';
import { createAccount } from '../demo/account.ts';
import { connect, sync } from '../demo/connect.ts';
import { furnish } from '../demo/furnish.ts';
import { type Instance, startInstances } from '../demo/instances.ts';
import { type DemoOptions, readDemoOptions } from '../demo/options.ts';
import { announce, apiOf, runningDemo } from '../demo/running.ts';
import { seedShop } from '../demo/seed.ts';
import { type Demo, describe } from '../demo/summary.ts';
import { walk } from '../demo/tour/tour.ts';
import { report, step } from '../progress.ts';

interface Started {
  demo: Demo;
  instances: Instance[];
  ended: Promise<number>;
}

async function startDemo({ n8n, n8nPorts, port, dataFolder }: DemoOptions, scope: Scope): Promise<Started> {
  const { stopping } = scope;
  // A demo is this machine's own, whatever the environment, or a `.env` that Next reads, says of another.
  const LOG_LEVEL = process.env.LOG_LEVEL || 'warn';
  Object.assign(process.env, { DATABASE_URL: '', APP_ORIGIN: '', EGRESS: 'private', LOG_LEVEL });
  // stdout belongs to the result.
  const application = await serve({ mode: 'start', stdio: ['ignore', 2, 2], port, dataFolder }, scope);

  const [dev, production] = await startInstances(
    { version: n8n, ports: n8nPorts, dataFolder },
    application.children,
    stopping,
  );
  if (!dev || !production) throw new Error('n8n did not start twice.');
  await step('Workflows', () => seedShop(dev));

  const { email, password, apiKey } = await createAccount(application.env, stopping);
  const api = apiOf({ url: application.origin, apiKey });
  const environments = await step('Inventory', async () => {
    const connected = [
      await connect(api, 'Development', 'dev', dev),
      await connect(api, 'Production', 'production', production),
    ] as const;
    await Promise.all(connected.map((environment) => sync(api, environment)));
    return connected;
  });
  await step('Pipeline and approved state', () => furnish(api, ...environments));

  const demo: Demo = { url: application.origin, email, password, apiKey, environments: [...environments] };
  announce(dataFolder, demo, scope);
  return { demo, instances: [dev, production], ended: application.ended };
}

await runCommand(async (scope) => {
  const options = readDemoOptions();
  const running = options.tour ? await runningDemo(options.dataFolder) : undefined;
  if (running) {
    await walk(running);
    return 0;
  }
  if (options.tour) report('No demo is running here: one is started for the tour, and stopped after it.');
  const { demo, instances, ended } = await startDemo(options, scope);
  if (options.tour) {
    await walk(demo);
    report('`npm run demo` starts it again, as the tour left it.');
    return 0;
  }
  console.log(options.json ? JSON.stringify(demo) : describe(demo, instances));
  return Promise.race([ended, untilStopped(scope.stopping).then(() => 0)]);
});
