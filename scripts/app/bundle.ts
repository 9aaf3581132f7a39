import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { root } from '../root.ts';

/** Bundles programs of ours for Node, `{ name: source }` → `<outdir>/<name>.mjs`; packages stay outside. */
export async function bundlePrograms(programs: Record<string, string>, outdir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [keepOwnFolder],
  });
}

/** A file that looks for others beside itself still finds them from within a bundle. */
const keepOwnFolder: Plugin = {
  name: 'keep-own-folder',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes('import.meta.dirname')) return undefined;
      const folder = JSON.stringify(dirname(path));
      return { contents: source.replaceAll('import.meta.dirname', folder), loader: 'ts' };
    });
  },
};
