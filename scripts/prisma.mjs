// Prisma's CLI with the WebAssembly schema engine, so that nothing is fetched from Prisma's servers.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { childEnvironment, runtimeNode } from './runtime-node.mjs';

const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
const engine = fileURLToPath(new URL('./schema-engine.mjs', import.meta.url));
const node = runtimeNode();
const env = { ...childEnvironment(node), CHECKPOINT_DISABLE: '1', PRISMA_SCHEMA_ENGINE_BINARY: engine };

process.exit(spawnSync(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit', env }).status ?? 1);
