// npm run admin -- <what>: the operator's tasks, such as `reset <mail>`; without arguments it lists them.
import { spawn } from 'node:child_process';
import { buildPrograms } from '../app/build.ts';
import { migrate } from '../app/database.ts';
import { applicationEnvironment, loadEnvFile, toSettings } from '../app/environment.ts';
import { exitCode } from '../children.ts';
import { runCommand } from '../command.ts';
import { root } from '../root.ts';

await runCommand(async (scope) => {
  loadEnvFile();
  const env = await applicationEnvironment(toSettings({}), scope);
  await buildPrograms(scope.stopping);
  await migrate(env, scope.stopping);
  const args = ['dist/admin.mjs', ...process.argv.slice(2)];
  return exitCode(spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit', signal: scope.stopping }));
});
