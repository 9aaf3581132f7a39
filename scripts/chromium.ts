import { spawnSync } from 'node:child_process';
import { chromium } from 'playwright';
import { installPackages } from './debian.ts';
import { report, step } from './progress.ts';
import { installedProgram, run } from './run.ts';

/** A Chromium that runs here. */
export interface Chromium {
  path: string;
  /** What it says of itself, e.g. "Chromium 156.0.7544.10". */
  version: string;
}

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Finds the browser for the journeys: Playwright's own, downloaded when it can be, else the system's, installed from
 * Debian's packages when it can be.
 */
export async function findChromium(signal: AbortSignal): Promise<Chromium> {
  const playwrights = () => inspect(chromium.executablePath());
  const systems = () => systemPaths.map(inspect).find((found) => found !== undefined);
  const found =
    playwrights() ??
    (await step('Downloading Chromium', () => download(signal)).then(playwrights)) ??
    systems() ??
    (await installPackages(['chromium', 'fonts-liberation'], signal).then(systems));
  if (!found) throw new Error('The journeys need Chromium: install it from https://www.chromium.org or your system.');
  return found;
}

async function download(signal: AbortSignal): Promise<void> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(300_000)]);
  const options = { signal: bounded, stdio: 'ignore' } as const;
  await run(installedProgram('playwright'), ['install', 'chromium'], options).catch(() =>
    report("Playwright's Chromium cannot be downloaded here; the system's will do."),
  );
}

/** Its version when the file exists and runs: libraries it needs may be missing. */
function inspect(path: string): Chromium | undefined {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? { path, version: stdout.trim() } : undefined;
}
