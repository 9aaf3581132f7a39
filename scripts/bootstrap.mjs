// `npm run <command>` starts here. On a fresh clone nothing is installed and Node may be old: this installs what the
// lock file names, then hands over to scripts/commands/<command>.ts on the right Node. Built-ins only.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { watchNpm } from './ancestors.mjs';
import { installDependencies } from './install.mjs';
import { childEnvironment, runtimeNode } from './runtime-node.mjs';

const [command = '', ...args] = process.argv.slice(2);
const script = fileURLToPath(new URL(`./commands/${command}.ts`, import.meta.url));

try {
  if (!/^[a-z]+$/.test(command) || !existsSync(script)) throw new Error(`There is no command "${command}".`);
  installDependencies();
  handOver(runtimeNode());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** @param {string} node path of an executable */
function handOver(node) {
  // The channel closes when this process dies, however it dies; the command then stops what it started.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(node, [script, ...args], { stdio, env: childEnvironment(node) });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  watchNpm(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`${node} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
    process.removeAllListeners();
  });
}
