// Built-ins only, and plain enough for Node 20: bootstrap.mjs uses it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * npm runs a script through a shell that neither passes signals on nor ends with npm. Under npm, this watches both and
 * calls `onLost` once when either is gone, so that stopping or killing npm stops what it started.
 * @param {() => void} onLost
 */
export function watchNpm(onLost) {
  if (!process.env.npm_lifecycle_event) return;
  const { ppid: parent } = process;
  const [npm, name] = describe(parent);
  const watched = /^(-?|.*\/)(da|ba|z)?sh$/.test(name) ? [npm] : [];
  const timer = setInterval(() => {
    if (process.ppid === parent && watched.every(isAlive)) return;
    clearInterval(timer);
    onLost();
  }, 250);
  timer.unref();
}

/** The parent and the program name of a process. */
function describe(pid) {
  if (process.platform === 'linux') {
    const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return [Number(parent), name];
  }
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
  const [parent, ...name] = stdout.trim().split(/\s+/);
  return [Number(parent), name.join(' ')];
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
