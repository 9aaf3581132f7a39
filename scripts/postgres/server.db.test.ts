import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { startTime } from '../processes.ts';
import { startEmbeddedDatabase } from './database.ts';
import { startPostgres } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'n8n-ops-server-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pidFile = () => join(folder, 'data/postmaster.pid');
const runningPid = () => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);

describe('the embedded PostgreSQL', () => {
  it('is shared by those who start it, and shut down by the last one out', async () => {
    const first = await startPostgres({ folder });
    const second = await startPostgres({ folder });
    const pid = runningPid();
    expect(second.port).toBe(first.port);
    await first.stop();
    expect(startTime(pid)).not.toBe('');
    await second.stop();
    expect(startTime(pid)).toBe('');
  });

  it('left running by a killed process is joined, and then shut down', async () => {
    const program = `
      import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'server.ts'))};
      console.log((await startPostgres({ folder: ${JSON.stringify(folder)} })).port);
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module-typescript', '-e', program]);
    const [port] = await once(owner.stdout, 'data');
    owner.kill('SIGKILL');
    await once(owner, 'exit');

    const joined = await startPostgres({ folder });
    const pid = runningPid();
    expect(joined.port).toBe(Number(port));
    await joined.stop();
    expect(startTime(pid)).toBe('');
  });

  it('killed itself starts again, even when its process id is in use by another', async () => {
    const server = await startPostgres({ folder });
    process.kill(runningPid(), 'SIGKILL');
    const lines = readFileSync(pidFile(), 'utf8').split('\n');
    writeFileSync(pidFile(), [process.pid, ...lines.slice(1)].join('\n'));
    const again = await startPostgres({ folder });
    await Promise.all([server.stop(), again.stop()]);
  });

  it('gives the application an owner that is no superuser, and nobody else the password', async () => {
    const database = await startEmbeddedDatabase({ folder });
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query(
      'SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    );
    await client.end();
    await database.stop();
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: true }]);
    for (const file of ['password', 'owner-password']) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });
});
