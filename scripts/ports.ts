import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port of 127.0.0.1 that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return listen(0);
}

/** Whether a port of 127.0.0.1 is free, or becomes free within `timeout` milliseconds. */
export async function becomesFree(port: number, timeout: number): Promise<boolean> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const isFree = await listen(port).then(
      () => true,
      () => false,
    );
    if (isFree || performance.now() > deadline) return isFree;
    await sleep(100);
  }
}

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
