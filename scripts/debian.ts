import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { step } from './progress.ts';
import { run } from './run.ts';

/**
 * Installs Debian packages that are missing, when this is Debian and we are root; elsewhere it does nothing, and what
 * needs them says so itself.
 */
export async function installPackages(names: string[], signal: AbortSignal): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const missing = names.filter((name) => spawnSync('dpkg', ['--status', name], { stdio: 'ignore' }).status !== 0);
  if (missing.length === 0) return;
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, signal };
  await step(`Installing Debian packages ${missing.join(', ')}`, async () => {
    // An install that somebody interrupted leaves packages half configured, and apt then refuses everything.
    await run('dpkg', ['--configure', '-a'], options);
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
  });
}
