// npm run openapi: writes public/openapi.json, which the unit tests otherwise compare with the doors.
import { generateClient } from '../app/build.ts';
import { runCommand } from '../command.ts';
import { installedProgram, run } from '../run.ts';

await runCommand(async ({ stopping }) => {
  await generateClient(stopping);
  await run(installedProgram('vitest'), ['run', '--project', 'unit', '--update', 'lib/server/openapi'], {
    signal: stopping,
  });
  return 0;
});
