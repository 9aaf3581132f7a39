#!/usr/bin/env node
// Runs a real n8n from the npm registry until it is told to stop.
//   node up.mjs --version 2.x --port 5678 --dir DIR [--cache DIR] [--ui] [--env KEY=VALUE ...]
//   node up.mjs --version 2.x --install-only
// stdout: one JSON line once n8n takes requests. stderr: progress. Ends with SIGTERM, SIGINT, its parent, or n8n.
import { parseArgs } from 'node:util';
import { defaultCache, installN8n, resolveVersion } from './install.mjs';
import { startN8n } from './instance.mjs';
import { stopAll } from './process-group.mjs';
import { step } from './progress.mjs';

const { values: options } = parseArgs({
  options: {
    version: { type: 'string', default: '2.x' },
    port: { type: 'string', default: '5678' },
    dir: { type: 'string' },
    cache: { type: 'string', default: defaultCache() },
    ui: { type: 'boolean', default: false },
    env: { type: 'string', multiple: true, default: [] },
    'install-only': { type: 'boolean', default: false },
  },
});

let stopping = false;
async function stop(code) {
  if (stopping) return;
  stopping = true;
  await stopAll();
  process.exit(code);
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => stop(0));
// A killed parent sends no signal; its child is adopted by another process.
const { ppid } = process;
setInterval(() => process.ppid !== ppid && stop(0), 1_000).unref();

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

async function main() {
  const version = resolveVersion(options.version);
  const { cache, ui } = options;
  const installed = await installN8n(version, cache);
  if (options['install-only']) return say({ version, ...installed });
  if (!options.dir) throw new Error('--dir is missing: the folder for the data of this n8n.');
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('--port is not a port number.');
  const env = Object.fromEntries(options.env.map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)]));
  const start = () => startN8n({ ...installed, version, cache, port, dir: options.dir, ui, env });
  const { ended, ...instance } = await step(`Starting n8n ${version} on port ${port}`, '10 s', start);
  say(instance);
  const reason = await ended;
  if (!stopping) throw new Error(reason);
}

main().then(
  () => options['install-only'] && stop(0),
  (error) => {
    if (!stopping) process.stderr.write(`${error.message}\n`);
    return stop(1);
  },
);
