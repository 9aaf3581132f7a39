import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../scripts/app/serve.ts';
import type { Scope } from '../../scripts/command.ts';
import { freePort } from '../../scripts/ports.ts';
import { root } from '../../scripts/root.ts';
import { installedProgram, run } from '../../scripts/run.ts';
import { serverOn } from './server-process.ts';

export type Server = { origin: string; pid: number };

/** The built application on data of its own, without a worker, so that only requests cost anything. */
export async function startApplication(scope: Scope): Promise<Server & { databaseUrl: string }> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'n8n-ops-bench-'));
  scope.onEnd(() => rmSync(dataFolder, { recursive: true, force: true }));
  Object.assign(process.env, { WORKER: 'off', NEXT_TELEMETRY_DISABLED: '1' });
  const port = await freePort();
  const { origin, env } = await serve({ mode: 'start', port, dataFolder, stdio: 'ignore' }, scope);
  return { origin, pid: serverOn(port), databaseUrl: env.EMBEDDED_DATABASE_URL! };
}

/** An empty Next application of the same version, with two handlers on the same database. */
export async function startBareNext(databaseUrl: string, scope: Scope): Promise<Server> {
  const folder = join(root, 'bench/bare-next');
  await run(installedProgram('next'), ['build'], { cwd: folder, signal: scope.stopping });
  const port = await freePort();
  const BARE_DATABASE_URL = `${databaseUrl}?options=-c%20role%3Dn8nops_platform`;
  const env = { ...process.env, PORT: String(port), BARE_DATABASE_URL };
  const args = [installedProgram('next'), 'start', '--port', String(port), '--hostname', '127.0.0.1'];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: 'ignore' });
  scope.onEnd(() => child.kill('SIGTERM'));
  const origin = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if ((await fetch(origin).catch(() => null))?.ok) return { origin, pid: serverOn(port) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The empty application did not start.');
}
