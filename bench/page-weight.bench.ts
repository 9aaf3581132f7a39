import { gzipSync } from 'node:zlib';
import type { Scope } from '../scripts/command.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { startApplication, startBareNext } from './house/application.ts';
import { newBenchTenant } from './house/database.ts';

const GOAL_KB = 90;
const PAGES = ['workflows', 'executions', 'credentials', 'environments', 'activity'];

/** Every script that a page names, in tags or in its stream of components, each once; kB after gzip. */
async function weigh(origin: string, path: string, headers: Record<string, string> = {}): Promise<number> {
  const page = await fetch(`${origin}${path}`, { headers, redirect: 'manual' });
  if (page.status !== 200) throw new Error(`${path} answered ${page.status}.`);
  const html = await page.text();
  // Browsers of today skip what is marked so.
  const named = html.replaceAll(/<script[^>]*nomodule[^>]*>/gi, '').matchAll(/static\/chunks\/[\w./~-]+?\.js/g);
  const scripts = new Set([...named].map(([script]) => script));
  let bytes = 0;
  for (const script of scripts) {
    const answer = await fetch(`${origin}/_next/${script}`);
    bytes += gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).byteLength;
  }
  return bytes / 1_000;
}

async function run(scope: Scope): Promise<Measurement[]> {
  const { origin, databaseUrl } = await startApplication(scope);
  const bare = await startBareNext(databaseUrl, scope);
  const { slug, sessionToken } = await newBenchTenant(databaseUrl, { workflows: 60 });
  const empty = await weigh(bare.origin, '/');
  const measurements: Measurement[] = [{ name: 'an empty Next application', value: empty, unit: 'kB gzip' }];
  for (const page of PAGES) {
    const whole = await weigh(origin, `/t/${slug}/${page}`, { cookie: `n8nops-session=${sessionToken}` });
    measurements.push({ name: `${page}, over the empty one`, value: whole - empty, unit: 'kB gzip', goal: GOAL_KB });
  }
  return measurements;
}

export default { title: 'initial JavaScript of list pages over an empty Next application', run } satisfies Benchmark;
