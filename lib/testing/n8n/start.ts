import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../scripts/n8n/up.mjs', import.meta.url));

export type RunningN8n = { baseUrl: string; apiKey: string; version: string; stop(): Promise<void> };

/**
 * A real n8n on a free port with data of its own, removed when it stops. `settings` are n8n's environment variables.
 * @param version `1.x`, `2.x` or an exact one
 */
export async function startN8n(version: string, settings: Record<string, string> = {}): Promise<RunningN8n> {
  const dir = await mkdtemp(join(tmpdir(), 'n8n-ops-test-'));
  const port = await freePort();
  const env = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const child = spawn(process.execPath, [program, '--version', version, '--port', String(port), '--dir', dir, ...env], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(dir, { recursive: true, force: true });
  };
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended.then(() => [null])]);
  if (typeof line !== 'string') {
    await stop();
    throw new Error(`n8n ${version} did not start.`);
  }
  const { baseUrl, apiKey, version: exact } = JSON.parse(line) as RunningN8n;
  return { baseUrl, apiKey, version: exact, stop };
}

/** n8n's task broker listens 10,000 higher, so ports stay low enough for that. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(20_000 + Math.floor(Math.random() * 20_000), '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    return port;
  }
}
