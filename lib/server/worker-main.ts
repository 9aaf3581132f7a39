import { boot } from './boot';
import { runtime } from './runtime';

/** `npm run worker`: a process that runs jobs and nothing else. Any number of them share the load. */
await boot();
runtime().kernel.log.info({ pid: process.pid }, 'worker started');
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    await runtime().worker?.stop();
    process.exit(0);
  });
}
