// Built-ins only, and plain enough for Node 20: a fresh clone runs this before anything is installed.
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first Node this project runs on; older ones only install and hand over. */
export const REQUIRED_MAJOR = 24;

const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

/**
 * The Node to run on: this one when it is new enough, else the one npm installed as the dependency `node`.
 * @returns {string} path of an executable
 * @throws {Error} saying what to install, when there is neither
 */
export function runtimeNode() {
  if (Number.parseInt(process.versions.node, 10) >= REQUIRED_MAJOR) return process.execPath;
  if (existsSync(pinned)) return pinned;
  throw new Error(
    `n8n Ops runs on Node ${REQUIRED_MAJOR}. This is ${process.version}, and npm did not install the optional ` +
      `dependency "node" for this platform. Install Node ${REQUIRED_MAJOR} (https://nodejs.org) and try again.`,
  );
}

/**
 * The environment for what `node` starts: whatever is called `node` there is the same one.
 * @param {string} node path of an executable
 */
export function childEnvironment(node) {
  return { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
}
