// npm run bench [-- <name> ...]: the benchmarks of bench/, as a table and as bench/results.json.
import { globSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { basename, join } from 'node:path';
import type { Benchmark, Measurement } from '../../bench/benchmark.ts';
import { generateClient } from '../app/build.ts';
import { bundlePrograms } from '../app/bundle.ts';
import { runCommand } from '../command.ts';
import { report } from '../progress.ts';
import { root } from '../root.ts';

const folder = join(root, 'bench');
const known = globSync('*.bench.ts', { cwd: folder }).map((file) => basename(file, '.bench.ts'));
const named = process.argv.slice(2);

await runCommand(async (scope) => {
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`No benchmark is called ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  // What measures the built application builds it, in `house/application.ts`.
  await generateClient(scope.stopping);
  const programs = known.map((name) => [name, `bench/${name}.bench.ts`]);
  await bundlePrograms(Object.fromEntries(programs), 'dist/bench');

  const results: Record<string, Measurement[]> = {};
  for (const name of named.length > 0 ? named : known.sort()) {
    scope.stopping.throwIfAborted();
    const { default: benchmark }: { default: Benchmark } = await import(join(root, `dist/bench/${name}.mjs`));
    report(`\n── ${name}: ${benchmark.title} ──`);
    results[name] = await benchmark.run(scope);
    console.table(results[name].map(toRow));
  }
  const machine = `${os.type()} ${os.arch()}, ${os.availableParallelism()} cores, Node ${process.versions.node}`;
  const date = new Date().toISOString();
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify({ date, machine, results }, null, 2)}\n`);
  return 0;
});

function toRow({ name, value, unit, goal }: Measurement): Record<string, string> {
  const outcome = goal === undefined ? '' : value <= goal ? 'met' : 'missed';
  return { name, value: `${value.toFixed(2)} ${unit}`, goal: goal === undefined ? '' : `≤ ${goal} ${unit}`, outcome };
}
