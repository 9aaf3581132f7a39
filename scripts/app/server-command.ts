import { runCommand, untilStopped } from '../command.ts';
import { report } from '../progress.ts';
import { loadEnvFile, readSettings } from './environment.ts';
import { serve } from './serve.ts';

/** The command that serves the application until it ends or is stopped. */
export function runServer(mode: 'start' | 'dev'): Promise<never> {
  return runCommand(async (scope) => {
    loadEnvFile();
    const { origin, ended } = await serve({ mode, ...readSettings() }, scope);
    report(`n8n Ops is at ${origin}`);
    return Promise.race([ended, untilStopped(scope.stopping).then(() => 0)]);
  });
}
