/** Asks one after the other; each answer must be 200. Returns how long each took, ms. */
export async function timed(times: number, ask: (at: number) => Promise<Response>): Promise<number[]> {
  const durations: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const started = performance.now();
    const answer = await ask(at);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${answer.url} answered ${answer.status}.`);
    durations.push(performance.now() - started);
  }
  return durations;
}

/** `ms`: by the clock. `cpuMs`: of this process, which a busy machine changes less. */
export type Cost = { ms: number; cpuMs: number };

/** What a piece of work costs this process. */
export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - started, cpuMs: (user + system) / 1_000 };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
