/**
 * The house's rules as data, and the judge that applies them. `architecture.test.ts` gives it every source file.
 * Arrows go down this list, never up; imports of types count like any other.
 */
export const LAYERS = [
  'app',
  'components',
  'lib/actions',
  'lib/server',
  'lib/features',
  'lib/kernel',
  'lib/adapters',
  'lib/ports',
  'lib/workflow',
  'lib/core',
] as const;

/** Chapters in order, and the slices of each in order: an import points to an earlier one or to itself. */
export const CHAPTERS: readonly (readonly [chapter: string, slices: readonly string[]])[] = [
  ['identity', ['tenants', 'users', 'sessions', 'teams', 'api-keys', 'impersonation', 'audit-log']],
  ['plans', ['entitlements', 'usage', 'billing']],
  ['service', ['health', 'notifications', 'background-jobs', 'support']],
  ['connections', ['providers', 'environment-types', 'environments']],
  ['inventory', ['workflows', 'credentials', 'tags', 'n8n-users', 'executions', 'sync']],
  ['change', ['lineages', 'bindings', 'approved-state', 'change-plans', 'journal']],
  ['history', ['snapshots', 'restore']],
  ['drift', ['drift-policies', 'incidents', 'drift-approvals', 'drift-detection', 'reconciliation', 'drift-reports']],
  ['delivery', ['pipelines', 'promotions', 'deployments']],
  ['insight', ['observability', 'alerts']],
];

export const MAX_LINES = 300;
/** A room with one of these names holds things that nobody has understood yet. */
export const NAMELESS = ['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'types'];

const TEST_FILE = /\.(test|bench|fixture)\.tsx?$|^(e2e|bench|scripts)\/|^lib\/testing\/|^[\w.-]+\.config\.\w+$/;
const GENERATED_CLIENT = 'lib/kernel/db/generated/';
const BROWSER = ['components/', 'lib/client/'];

/** One import: `target` is a path in the repository, or a package's specifier. */
export type Import = { target: string; typeOnly: boolean };
export type SourceFile = { path: string; lines: number; imports: readonly Import[]; readsProcessEnv: boolean };
export type Violation = { rule: string; file: string; detail: string };

type Arrow = Import & { from: string };
type Rule = { name: string; forbids: (arrow: Arrow) => boolean };

const isIn = (path: string, ...folders: string[]) => folders.some((folder) => path.startsWith(folder));
/** Next's files in the root (proxy, instrumentation) are doors like those under app/. */
const layerOf = (path: string): number =>
  /^[\w-]+\.tsx?$/.test(path) ? 0 : LAYERS.findIndex((layer) => path.startsWith(`${layer}/`));

function place(path: string): number | undefined {
  const [, chapter, slice] = /^lib\/features\/([^/]+)\/([^/]+)\//.exec(path) ?? [];
  if (!chapter || !slice) return undefined;
  const chapterAt = CHAPTERS.findIndex(([name]) => name === chapter);
  const sliceAt = CHAPTERS[chapterAt]?.[1].indexOf(slice) ?? -1;
  return chapterAt < 0 || sliceAt < 0 ? Number.NaN : chapterAt * 100 + sliceAt;
}

const RULES: readonly Rule[] = [
  {
    name: 'an arrow goes down the layers, never up',
    forbids: ({ from, target }) => layerOf(from) >= 0 && layerOf(target) >= 0 && layerOf(target) < layerOf(from),
  },
  {
    name: 'a slice reaches only into earlier slices',
    forbids: ({ from, target }) => {
      const [here, there] = [place(from), place(target)];
      return here !== undefined && there !== undefined && !(there <= here);
    },
  },
  {
    name: 'operations are called by doors only; slices share service.ts',
    forbids: ({ from, target }) =>
      isIn(from, 'lib/features/') && /^lib\/features\/.*\/operations\.ts$/.test(target) && !/\/operations\b/.test(from),
  },
  {
    name: 'only lib/server imports adapters',
    forbids: ({ from, target }) => isIn(target, 'lib/adapters/') && !isIn(from, 'lib/adapters/', 'lib/server/'),
  },
  {
    name: 'the browser imports schema.ts and model.ts of a slice, actions, client, workflow and core',
    forbids: ({ from, target }) =>
      isIn(from, ...BROWSER) &&
      isIn(target, 'lib/', 'app/') &&
      !isIn(target, 'lib/actions/', 'lib/client/', 'lib/workflow/', 'lib/core/') &&
      !/^lib\/features\/.*\/(?:[a-z-]+-)?(schema|model)\.ts$/.test(target),
  },
  {
    name: 'lib/client is for the browser',
    forbids: ({ from, target }) => isIn(target, 'lib/client/') && !isIn(from, 'app/', ...BROWSER),
  },
  {
    name: 'below lib/server nothing knows of Next',
    forbids: ({ from, target }) =>
      layerOf(from) > LAYERS.indexOf('lib/server') && /^(next(\/|$)|server-only$|next-auth)/.test(target),
  },
  {
    name: 'configuration reaches the lower layers as an argument',
    forbids: ({ from, target }) => target === 'lib/env.ts' && layerOf(from) > LAYERS.indexOf('lib/server'),
  },
  {
    // A row's type may be named where rows are turned into what the slice speaks of.
    name: 'only the kernel sees the Prisma client; a store.ts may import types of rows',
    forbids: ({ from, target, typeOnly }) =>
      (isIn(target, GENERATED_CLIENT) || target.startsWith('@prisma/')) &&
      !isIn(from, 'lib/kernel/') &&
      !(typeOnly && /^lib\/features\/.*\/[\w-]*store\.ts$/.test(from)),
  },
  {
    name: 'what tests stand on is imported by tests only',
    forbids: ({ target }) => TEST_FILE.test(target),
  },
];

/** Everything that breaks a rule, worst readers first: each entry names the file, the rule, and what to look at. */
export function judge(files: readonly SourceFile[]): Violation[] {
  const product = files.filter(({ path }) => !TEST_FILE.test(path));
  return [
    ...product.flatMap(judgeImports),
    ...product.flatMap(judgeContent),
    ...files.flatMap(judgeForm),
    ...findCycles(product),
  ];
}

const judgeImports = ({ path, imports }: SourceFile): Violation[] =>
  imports.flatMap((one) =>
    RULES.filter(({ forbids }) => forbids({ ...one, from: path })).map(({ name }) => ({
      rule: name,
      file: path,
      detail: one.target,
    })),
  );

function judgeContent({ path, readsProcessEnv }: SourceFile): Violation[] {
  const found: Violation[] = [];
  if (readsProcessEnv && path !== 'lib/env.ts') {
    found.push({ rule: 'only lib/env.ts reads process.env', file: path, detail: 'process.env' });
  }
  if (Number.isNaN(place(path))) {
    found.push({ rule: 'every slice stands in the declared order', file: path, detail: 'not in CHAPTERS' });
  }
  return found;
}

function judgeForm({ path, lines }: SourceFile): Violation[] {
  const nameless = path.split('/').find((part) => NAMELESS.includes(part.split('.')[0]!));
  return [
    ...(lines > MAX_LINES ? [{ rule: `a file has at most ${MAX_LINES} lines`, file: path, detail: `${lines}` }] : []),
    ...(nameless ? [{ rule: 'every room has a name', file: path, detail: nameless }] : []),
  ];
}

/** Cycles of what is loaded: two files that only name each other's types need each other at no time. */
function findCycles(files: readonly SourceFile[]): Violation[] {
  const next = new Map(
    files.map(({ path, imports }) => [path, imports.filter(({ typeOnly }) => !typeOnly).map(({ target }) => target)]),
  );
  const done = new Set<string>();
  const trail: string[] = [];
  const found: Violation[] = [];
  const visit = (path: string): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push({ rule: 'no cycles', file: path, detail: [...trail.slice(at), path].join(' → ') });
    if (at >= 0 || done.has(path) || !next.has(path)) return;
    trail.push(path);
    for (const target of next.get(path)!) visit(target);
    trail.pop();
    done.add(path);
  };
  for (const { path } of files) visit(path);
  return found;
}
