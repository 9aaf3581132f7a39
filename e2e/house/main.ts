// The whole product for one run of the journeys: the application with its worker on a database of its own, and two real
// n8n, of which the first holds the shop. Prints one line when all of it answers; SIGTERM ends all of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../scripts/app/serve.ts';
import { Children } from '../../scripts/children.ts';
import { runCommand, type Scope, untilStopped } from '../../scripts/command.ts';
import { type Instance, startInstances } from '../../scripts/demo/instances.ts';
import { seedShop } from '../../scripts/demo/seed.ts';
import { freePort } from '../../scripts/ports.ts';

// The runner holds the other end of this pipe; a runner that was killed sends no signal.
process.stdin.resume().on('end', () => process.kill(process.pid, 'SIGTERM'));

await runCommand(async (scope) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'n8n-ops-e2e-'));
  scope.onEnd(() => rmSync(dataFolder, { recursive: true, force: true }));
  // What a shell says of another installation is not for this one.
  Object.assign(process.env, {
    DATABASE_URL: '',
    APP_ORIGIN: '',
    EGRESS: 'private',
    SIGNUP: 'invite',
    LOG_LEVEL: 'warn',
  });

  const [application, n8n] = await Promise.all([
    serve({ mode: 'start', port: await freePort(), dataFolder, stdio: ['ignore', 2, 2] }, scope),
    startN8n(dataFolder, scope),
  ]);
  const { origin, env } = application;
  const secrets = ['EMBEDDED_DATABASE_URL', 'SESSION_SECRET', 'MASTER_KEY', 'CRON_SECRET', 'APP_ORIGIN', 'DATA_DIR'];
  const adminEnv = Object.fromEntries(secrets.map((name) => [name, env[name]]));
  console.log(`house ${JSON.stringify({ origin, dataFolder, adminEnv, n8n })}`);
  return Promise.race([application.ended, untilStopped(scope.stopping).then(() => 0)]);
});

async function startN8n(dataFolder: string, scope: Scope): Promise<Instance[]> {
  const children = new Children(dataFolder, scope);
  const ports = [await freePort(), await freePort()];
  const instances = await startInstances({ version: '2.x', ports, dataFolder }, children, scope.stopping);
  if (instances[0]) await seedShop(instances[0]);
  return instances;
}
