// npm run build: the Prisma client, the pages, the worker and admin programs; each only when its sources changed.
import { buildAll } from '../app/build.ts';
import { loadEnvFile } from '../app/environment.ts';
import { runCommand } from '../command.ts';

await runCommand(async ({ stopping }) => {
  loadEnvFile();
  await buildAll(stopping);
  return 0;
});
