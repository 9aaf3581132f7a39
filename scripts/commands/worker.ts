// npm run worker: a worker alone, beside any number of others on the same database.
import { buildPrograms } from '../app/build.ts';
import { migrate } from '../app/database.ts';
import { applicationEnvironment, loadEnvFile, readSettings } from '../app/environment.ts';
import { Children, exitCode } from '../children.ts';
import { runCommand, untilStopped } from '../command.ts';
import { root } from '../root.ts';

await runCommand(async (scope) => {
  loadEnvFile();
  const settings = readSettings();
  const env = await applicationEnvironment(settings, scope);
  await buildPrograms(scope.stopping);
  await migrate(env, scope.stopping);
  const children = new Children(settings.dataFolder, scope);
  const worker = children.start(process.execPath, ['dist/worker.mjs'], { cwd: root, env, stdio: 'inherit' });
  return Promise.race([exitCode(worker), untilStopped(scope.stopping).then(() => 0)]);
});
