import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../lease.ts';
import { step } from '../progress.ts';
import { defaultDataFolder, root } from '../root.ts';
import { installedProgram, run } from '../run.ts';
import { bundlePrograms } from './bundle.ts';
import { PLANTED } from './planted.ts';

/** Something made from sources, and made again only when one of them changed. */
interface Artefact {
  name: string;
  /** Globs of the files it depends on. */
  sources: string[];
  /** Exists once it is made. */
  output: string;
  make(signal: AbortSignal): Promise<void>;
}

const client: Artefact = {
  name: 'Prisma client',
  sources: ['prisma/schema/*.prisma', 'node_modules/prisma/package.json'],
  output: 'lib/kernel/db/generated',
  make: (signal) => run(process.execPath, ['scripts/prisma.mjs', 'generate'], { signal }),
};

const sources = ['lib/**/*.{ts,tsx,json}', 'package-lock.json', 'tsconfig.json', 'prisma/schema/*.prisma'];

const pages: Artefact = {
  name: 'Build',
  sources: [
    ...sources,
    '{app,components,public}/**/*',
    '*.config.{ts,mjs}',
    'instrumentation*.ts',
    'proxy.ts',
    'scripts/app/planted.ts',
  ],
  output: '.next/BUILD_ID',
  make: (signal) => {
    const env = { ...process.env, ...PLANTED, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
    return run(process.execPath, [installedProgram('next'), 'build'], { env, signal });
  },
};

/** The programs that run without Next: one bundle of ours each, packages stay outside. */
const programs: Artefact = {
  name: 'Worker and admin programs',
  sources,
  output: 'dist/worker.mjs',
  make: () => bundlePrograms({ worker: 'lib/server/worker-main.ts', admin: 'lib/server/admin-main.ts' }, 'dist'),
};

/** Makes the Prisma client when its schema changed; everything that compiles our sources needs it. */
export function generateClient(signal: AbortSignal): Promise<void> {
  return make([client], signal);
}

/** Makes the programs in `dist/` when their sources changed. */
export function buildPrograms(signal: AbortSignal): Promise<void> {
  return make([client, programs], signal);
}

/** Makes everything a start needs, as far as sources changed. */
export function buildAll(signal: AbortSignal): Promise<void> {
  return make([client, pages, programs], signal);
}

function make(artefacts: Artefact[], signal: AbortSignal): Promise<void> {
  const stamps = join(defaultDataFolder, 'build');
  mkdirSync(stamps, { recursive: true, mode: 0o700 });
  return withLock(join(stamps, 'lock'), async () => {
    for (const artefact of artefacts) {
      const stamp = join(stamps, artefact.name);
      const digest = digestOf(artefact.sources);
      const isFresh = existsSync(stamp) && existsSync(join(root, artefact.output));
      if (isFresh && readFileSync(stamp, 'utf8') === digest) continue;
      rmSync(stamp, { force: true });
      await step(artefact.name, () => artefact.make(signal));
      writeFileSync(stamp, digest);
    }
  });
}

/** Content, not time: a checkout or a touched file is no change. */
function digestOf(globs: string[]): string {
  const hash = createHash('sha256').update(process.version);
  const excluded = ['lib/kernel/db/generated', 'lib/testing', '**/*.test.{ts,tsx}'];
  const files = globSync(globs, { cwd: root, exclude: excluded, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}
