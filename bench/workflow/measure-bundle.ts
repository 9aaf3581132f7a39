import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Measurement } from '../benchmark';

/** What a page needs to read and compare two workflows and to place their nodes. */
const COMPARE = ['read/read-workflow', 'canonical/document', 'diff/diff-workflows', 'diff/text-diff', 'layout/layout'];
/** What it loads for more: hashing, sentences, merging. */
const MORE = ['digest/digest', 'sentences/describe-changes', 'merge/merge-workflows'];

/** Sizes in the browser, minified and compressed. */
export async function measureBundle(): Promise<Measurement[]> {
  return [
    { name: 'in the browser: read, canonical form, diff, layout', value: await size(COMPARE), unit: 'kB', goal: 25 },
    { name: 'in the browser: with digests, sentences, merge', value: await size([...COMPARE, ...MORE]), unit: 'kB' },
  ];
}

async function size(modules: readonly string[]): Promise<number> {
  const root = join(import.meta.dirname, '../..');
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: modules.map((path) => `export * from './lib/workflow/${path}';`).join('\n'), resolveDir: root },
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2024',
    write: false,
    logLevel: 'warning',
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1024;
}
