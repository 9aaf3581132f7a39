import { env } from '@/lib/env';
import { startWorker } from '@/lib/kernel/jobs/worker';
import { assertPeerAddress } from './peer-address';
import { runtime } from './runtime';

/** Starts what this process runs besides answering requests. Throws when the configuration is not usable. */
export async function boot(): Promise<void> {
  const { WORKER, TRUST_PROXY, databaseUrl, serverless } = env();
  if (!TRUST_PROXY && !serverless) assertPeerAddress();
  const house = runtime();
  if (WORKER === 'off' || serverless || house.worker) return;
  house.worker = await startWorker(house.kernel, databaseUrl);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void house.worker?.stop().catch(() => undefined));
  }
}

/** Under Next, which would go on after an error and answer every request with it. */
export async function bootOrExit(): Promise<void> {
  try {
    await boot();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
