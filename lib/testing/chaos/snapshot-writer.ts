import { createLocalStore } from '@/lib/adapters/git';
import { commitOnHead } from '@/lib/ports/commit-on-head';

/**
 * Commits for ever, in a process that can be killed, and says the SHA of each commit once it stands:
 * `node snapshot-writer.mjs <folder> <tenant id> <name> <milliseconds after which a lock is stale>`.
 */
const [folder, tenantId, name, staleAfterMs] = process.argv.slice(2) as [string, string, string, string];
const options = { folder, searchPath: process.env.PATH!, staleAfterMs: Number(staleAfterMs) };
const store = createLocalStore(options).forTenant(tenantId);
const author = { name, email: 'writer@chaos.test' };

for (let count = 1; ; count += 1) {
  try {
    const result = await commitOnHead(store, async () => ({
      changes: new Map([[`writers/${name}/${count}`, Buffer.from(`${name} ${count}`)]]),
      author,
      message: `${name} ${count}`,
      trailers: { actor: 'system' },
    }));
    process.stdout.write(`${result.sha}\n`);
  } catch (error) {
    // Overtaken too often, or a lock that is not yet old enough to be called stale: neither is the end.
    process.stderr.write(`${error}\n`);
  }
}
