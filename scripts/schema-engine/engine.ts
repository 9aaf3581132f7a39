import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ErrorCapturingSqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

/** The engine's methods by the names Prisma's CLI calls them; each takes and answers plain JSON. */
export type Engine = Record<string, (params: unknown) => Promise<unknown>>;

const packageFolder = dirname(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')));

/** What Rust said last before it gave up; a panic itself only shows as an `unreachable` trap. */
export const panic = { message: '' };

/** The engine's version in the native binary's words: its commit, then the package. */
export function engineVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return `schema-engine-cli ${version.split(/[.-]/).pop()} (wasm ${version})`;
}

/** Instantiates the WebAssembly engine over a driver adapter. */
export async function openEngine(
  datamodels: [string, string][],
  adapter: ErrorCapturingSqlMigrationAwareDriverAdapterFactory,
): Promise<Engine> {
  // Without this registry a panic would look like a silent success.
  const registry = { set_message: (message: string) => Object.assign(panic, { message }), get: () => panic.message };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
  const wasm = readFileSync(join(packageFolder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...bindings } });
  const glue = bindings as unknown as Glue;
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const options = { datamodels: datamodels.length > 0 ? datamodels : undefined };
  return glue.SchemaEngine.new(options, (line) => process.stderr.write(`${line}\n`), adapter);
}

/** The parts of wasm-bindgen's generated glue that a bundler would call; its type declarations leave them out. */
interface Glue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  SchemaEngine: { new: (options: object, log: (line: unknown) => void, adapter: object) => Promise<Engine> };
}
