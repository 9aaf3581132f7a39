// npm run screenshots: a picture of every page, light and dark, into docs/screenshots/.
import { buildAll } from '../app/build.ts';
import { findChromium } from '../chromium.ts';
import { runCommand } from '../command.ts';
import { installedProgram, run } from '../run.ts';

await runCommand(async ({ stopping }) => {
  const chromium = await findChromium(stopping);
  await buildAll(stopping);
  const env = { ...process.env, PLAYWRIGHT_CHROMIUM: chromium.path };
  await run(installedProgram('playwright'), ['test', '--project', 'screenshots'], { env, signal: stopping });
  return 0;
});
