// npm test [-- --full]: everything. The last line is `N passed, N failed`.
import { parseArgs } from 'node:util';
import { buildAll } from '../app/build.ts';
import { type Check, conclude, runInTurn } from '../checks/check.ts';
import { playwrightCheck, vitestCheck } from '../checks/program.ts';
import { writeRecord } from '../checks/record.ts';
import { sampling } from '../checks/sampling.ts';
import { verify } from '../checks/verify.ts';
import { findChromium } from '../chromium.ts';
import { runCommand } from '../command.ts';

const { full } = parseArgs({ options: { full: { type: 'boolean', default: false } } }).values;

const build: Check = {
  name: 'Build',
  async run(_output, signal) {
    await buildAll(signal);
    return { passed: 1, failed: 0, failures: [], output: '' };
  },
};

await runCommand(async ({ stopping }) => {
  const started = new Date();
  const chromium = await findChromium(stopping);
  const sample = sampling(full);
  const env = { ...sample, PLAYWRIGHT_CHROMIUM: chromium.path };
  const finished = [
    ...(await verify(env, stopping)),
    ...(await runInTurn(
      [
        vitestCheck('Operations on PostgreSQL', 'operations', env),
        vitestCheck('Contracts on n8n', 'n8n', env),
        build,
        playwrightCheck('Journeys in Chromium', ['--project', 'journeys'], env),
      ],
      stopping,
    )),
  ];
  if (full) writeRecord({ started, finished, chromium: chromium.version });
  return conclude(finished, sample.N8NOPS_TEST_SEED);
});
