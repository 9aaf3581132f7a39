// npm run screenshots [-- --readme]: a picture of every page, light and dark, wide and on a phone, into
// docs/screenshots/; with --readme only the README's own, docs/images/home.png.
import { parseArgs } from 'node:util';
import { buildAll } from '../app/build.ts';
import { findChromium } from '../chromium.ts';
import { runCommand } from '../command.ts';
import { installedProgram, run } from '../run.ts';

const { readme } = parseArgs({ options: { readme: { type: 'boolean', default: false } } }).values;

await runCommand(async ({ stopping }) => {
  const chromium = await findChromium(stopping);
  await buildAll(stopping);
  const env = { ...process.env, PLAYWRIGHT_CHROMIUM: chromium.path, N8NOPS_README_PICTURE: readme ? '1' : '' };
  await run(installedProgram('playwright'), ['test', '--project', 'screenshots'], { env, signal: stopping });
  return 0;
});
