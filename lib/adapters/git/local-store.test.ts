import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSnapshotStore } from '@/lib/ports/snapshot-store.contract';
import { createLocalStore } from '.';

describeSnapshotStore('a folder of bare repositories', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'n8n-ops-test-git-'));
  const open = () => createLocalStore({ folder, searchPath: process.env.PATH! });
  return {
    async newRepository() {
      const tenantId = randomUUID();
      return () => open().forTenant(tenantId);
    },
    async verify() {
      for (const name of readdirSync(folder)) {
        execFileSync('git', ['-C', join(folder, name), 'fsck', '--strict', '--no-dangling'], { stdio: 'pipe' });
      }
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
