import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from '../root.ts';

/** Who the demo belongs to; the key is made anew at every run, which ends the one before. */
export interface Account {
  email: string;
  password: string;
  apiKey: string;
  tenantSlug: string;
}

/** Makes the demo's organisation, its admin and an API key; what is there already stays. */
export async function createAccount(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Account> {
  const options = { cwd: root, env: { ...env, LOG_LEVEL: 'error' }, signal };
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/admin.mjs', 'demo', '--json'], options);
  return JSON.parse(stdout);
}
