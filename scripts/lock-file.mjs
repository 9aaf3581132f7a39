// node scripts/lock-file.mjs: after a change of dependencies, names the packages of other platforms in package-lock.json.
// npm leaves out those that its registry does not have, and then refuses its own lock file on every fresh clone.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));

/**
 * The optional packages, exact in their version, that others ask for and that stand nowhere.
 * @param {Record<string, { optionalDependencies?: Record<string, string>, dev?: boolean }>} packages by path
 * @returns {{ name: string, version: string, dev: boolean | undefined }[]}
 */
export function findOmitted(packages) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`])
      .filter(([, version]) => /^\d+\.\d+\.\d+$/.test(version))
      .map(([name, version]) => ({ name, version, dev })),
  );
}

/** What npm would have written of a package, as far as its name tells. */
function describe({ name, version, dev }) {
  const [os] = /android|darwin|freebsd|linux|win32/.exec(name) ?? [];
  const [cpu] = /arm64|x64|ia32|wasm32|arm/.exec(name) ?? [];
  const libc = name.endsWith('-musl') ? ['musl'] : undefined;
  return { version, cpu: cpu && [cpu], dev, libc, optional: true, os: os && [os] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const omitted = findOmitted(lock.packages);
  for (const found of omitted) lock.packages[`node_modules/${found.name}`] = describe(found);
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(sorted);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(
    omitted.length === 0 ? 'The lock file is complete.' : `Named ${omitted.map(({ name }) => name).join(', ')}.`,
  );
}
