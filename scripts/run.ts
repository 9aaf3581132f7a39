import { type SpawnOptions, spawn } from 'node:child_process';
import { root } from './root.ts';

/** Runs a program to its end with its output on stderr. Rejects when it fails, or when `signal` ends it. */
export function run(program: string, args: string[], options: SpawnOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${[program, ...args].join(' ')} ended with ${code ?? signal}.`));
    });
  });
}

/** The path of a program that npm installed. */
export function installedProgram(name: string): string {
  return `${root}/node_modules/.bin/${name}`;
}
