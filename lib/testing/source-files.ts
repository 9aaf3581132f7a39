import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { parseAst } from 'vitest/node';
import type { Import, SourceFile } from '@/lib/architecture';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['app', 'components', 'lib', 'scripts', 'bench', 'e2e'];
const SOURCE = /\.(tsx?|mjs|css)$/;
const EXTENSIONS = ['', '.ts', '.tsx', '.mjs', '/index.ts', '/index.tsx'];

/** Every source file of the product, as the architecture sees it. Generated ones are left out. */
export function readSourceFiles(): SourceFile[] {
  const inFolders = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  return [...readdirSync(ROOT), ...inFolders]
    .filter((path) => SOURCE.test(path) && !path.includes('/generated/') && path !== 'next-env.d.ts')
    .map((path) => parseSource(path, readFileSync(join(ROOT, path), 'utf8')));
}

/** What one file imports and reads, by its syntax tree: an import in a comment or a string is none. */
export function parseSource(path: string, text: string): SourceFile {
  const file = { path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) };
  if (path.endsWith('.css')) return { ...file, imports: [], readsProcessEnv: false };
  const imports: Import[] = [];
  let readsProcessEnv = false;
  walk(parseAst(text, { lang: path.endsWith('.tsx') ? 'tsx' : 'ts' }), (node) => {
    const found = importOf(node);
    if (found) imports.push({ ...found, target: resolve(path, found.target) });
    readsProcessEnv ||= isProcessEnv(node);
  });
  return { ...file, imports, readsProcessEnv };
}

// biome-ignore lint/suspicious/noExplicitAny: a node of any kind
type Node = Record<string, any>;

/** What Next's compiler puts in as a literal is no configuration. */
const COMPILED_IN = ['NODE_ENV', 'NEXT_RUNTIME'];

function walk(node: unknown, visit: (node: Node) => void): void {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
  } else if (!isCompiledIn(node)) {
    visit(node);
    for (const child of Object.values(node)) walk(child, visit);
  }
}

const isCompiledIn = (node: Node): boolean =>
  node.type === 'MemberExpression' && COMPILED_IN.includes(node.property.name) && isProcessEnv(node.object);

function importOf(node: Node): Import | null {
  const target = node.source?.value ?? node.source?.literal?.value;
  if (typeof target !== 'string') return null;
  if (node.type === 'TSImportType') return { target, typeOnly: true };
  if (node.type === 'ImportExpression') return { target, typeOnly: false };
  if (!/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type)) return null;
  const named: Node[] = node.specifiers ?? [];
  const onlyTypes = named.length > 0 && named.every((one) => (one.importKind ?? one.exportKind) === 'type');
  return { target, typeOnly: node.importKind === 'type' || node.exportKind === 'type' || onlyTypes };
}

const isProcessEnv = (node: Node): boolean =>
  (node.type === 'MemberExpression' &&
    node.object.name === 'process' &&
    (node.property.name === 'env' || node.property.value === 'env')) ||
  (node.type === 'VariableDeclarator' && node.init?.name === 'process') ||
  (node.type === 'ImportDeclaration' && /^(node:)?process$/.test(node.source.value));

function resolve(from: string, specifier: string): string {
  const path = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? normalize(join(from, '..', specifier))
      : null;
  if (path === null) return specifier;
  const extension = EXTENSIONS.find((end) => SOURCE.test(path + end) && existsSync(join(ROOT, path + end)));
  return path + (extension ?? '');
}
