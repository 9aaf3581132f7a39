import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Children } from '../children.ts';
import { root } from '../root.ts';
import { run } from '../run.ts';
import type { N8n } from './seed.ts';

/** A running n8n, and how its owner signs in. */
export interface Instance extends N8n {
  email: string;
  password: string;
}

interface InstanceOptions {
  /** Exact, or `1.x`, `2.x`, `latest`. */
  version: string;
  /** One instance on each. */
  ports: number[];
  dataFolder: string;
}

const program = join(root, 'scripts/n8n/up.mjs');

/** Installs n8n unless it is cached, and starts one per port, each on a folder of its own, until the command ends. */
export async function startInstances(
  { version, ports, dataFolder }: InstanceOptions,
  children: Children,
  signal: AbortSignal,
): Promise<Instance[]> {
  await run(process.execPath, [program, '--version', version, '--install-only'], {
    stdio: ['ignore', 'ignore', 2],
    signal,
  });
  return Promise.all(
    ports.map((port, position) => {
      const folder = join(dataFolder, 'n8n', `${position === 0 ? 'dev' : 'production'}-${version}`);
      return startInstance(['--version', version, '--port', `${port}`, '--dir', folder, '--ui'], children);
    }),
  );
}

async function startInstance(args: string[], children: Children): Promise<Instance> {
  const child = children.start(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 2] });
  if (!child.stdout) throw new Error('n8n has no output.');
  const ended = once(child, 'exit').then(() => {
    throw new Error('n8n did not start.');
  });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
  ended.catch(() => undefined);
  return JSON.parse(line);
}
