// npm run openapi: writes public/openapi.json, which the unit tests otherwise compare with the doors.
import { generateClient } from '../app/build.ts';
import { runCommand } from '../command.ts';
import { installedProgram, run } from '../run.ts';

await runCommand(async ({ stopping }) => {
  await generateClient(stopping);
  // --update takes a value when one follows.
  await run(installedProgram('vitest'), ['run', '--project', 'unit', 'lib/server/openapi', '--update'], {
    signal: stopping,
  });
  return 0;
});
