import { mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/**
 * n8n serves its `openapi.yml` with a file server that refuses every path with a hidden folder in it, and answers 500
 * when it is installed below one such as `.cache`. Then it is started through a link without one, and Node is told
 * to keep to the link.
 * @param {string} folder
 * @returns {{ folder: string, nodeArgs: string[] }}
 */
export function undotted(folder) {
  if (!/\/\./.test(realpathSync(folder))) return { folder, nodeArgs: [] };
  const room = join(tmpdir(), `n8n-ops-${process.getuid?.() ?? 'user'}`, String(process.pid));
  const link = join(room, basename(folder));
  rmSync(room, { recursive: true, force: true });
  mkdirSync(room, { recursive: true, mode: 0o700 });
  symlinkSync(folder, link);
  process.once('exit', () => rmSync(room, { recursive: true, force: true }));
  return { folder: link, nodeArgs: ['--preserve-symlinks', '--preserve-symlinks-main'] };
}
