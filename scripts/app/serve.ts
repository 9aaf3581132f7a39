import type { ChildProcess, StdioOptions } from 'node:child_process';
import { Children, exitCode } from '../children.ts';
import type { Scope } from '../command.ts';
import { becomesFree } from '../ports.ts';
import { step } from '../progress.ts';
import { root } from '../root.ts';
import { installedProgram } from '../run.ts';
import { buildAll, generateClient } from './build.ts';
import { migrate } from './database.ts';
import { applicationEnvironment, isLoopback, type Settings } from './environment.ts';

/** A running application. */
export interface Application {
  origin: string;
  /** What it was started with; whatever else is started with it ends at the same time. */
  children: Children;
  /** The environment it was started in. */
  env: NodeJS.ProcessEnv;
  /** Resolves with its exit code should it end before the command does. */
  ended: Promise<number>;
}

interface ServeOptions extends Settings {
  mode: 'start' | 'dev';
  /** Where its log goes; by default to our own stdout and stderr. */
  stdio?: StdioOptions;
}

/** How long a run that is just ending may hold the port, in milliseconds. */
const PORT_TIMEOUT = 3_000;

/** How long the first answer may take, in milliseconds. */
const START_TIMEOUT = 120_000;

/** Checks the configuration, builds what changed, migrates, starts Next, which runs the worker too, and waits for its first answer. */
export async function serve(
  { mode, stdio = 'inherit', ...settings }: ServeOptions,
  scope: Scope,
): Promise<Application> {
  const children = new Children(settings.dataFolder, scope);
  await children.endOrphans();
  if (!(await becomesFree(settings.port, PORT_TIMEOUT))) {
    throw new Error(`Port ${settings.port} is taken. Choose another one with --port.`);
  }
  const env = await applicationEnvironment(settings, scope);
  await (mode === 'start' ? buildAll(scope.stopping) : generateClient(scope.stopping));
  await migrate(env, scope.stopping);

  const origin = env.APP_ORIGIN ?? '';
  // What nobody else is meant to reach should not listen to anybody else.
  const host = env.HOST || (isLoopback(origin) ? '127.0.0.1' : '0.0.0.0');
  const args = [installedProgram('next'), mode, '--port', `${settings.port}`, '--hostname', host];
  const server = children.start(process.execPath, args, { cwd: root, env, stdio });
  await step('Start', () => firstAnswer(server, `http://127.0.0.1:${settings.port}/api/v1/health/live`));
  return { origin, children, env, ended: exitCode(server) };
}

async function firstAnswer(server: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT;
  while (performance.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`The application ended with ${server.exitCode}.`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(START_TIMEOUT) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The application did not answer at ${url} within ${START_TIMEOUT / 1_000} s.`);
}
