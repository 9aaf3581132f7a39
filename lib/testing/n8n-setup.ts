import type { TestProject } from 'vitest/node';
import { type RunningN8n, startN8n } from './n8n/start';

declare module 'vitest' {
  export interface ProvidedContext {
    n8n: Record<'1.x' | '2.x', { baseUrl: string; apiKey: string; version: string }>;
  }
}

/** Starts one real n8n of each supported line for the project's tests, both on fresh data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started: RunningN8n[] = [];
  const stopAll = async () => {
    await Promise.all(started.map((one) => one.stop()));
  };
  try {
    for (const line of ['2.x', '1.x'] as const) started.push(await startN8n(line));
  } catch (error) {
    await stopAll();
    throw error;
  }
  const [two, one] = started.map(({ baseUrl, apiKey, version }) => ({ baseUrl, apiKey, version }));
  project.provide('n8n', { '2.x': two!, '1.x': one! });
  return stopAll;
}
