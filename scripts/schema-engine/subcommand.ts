import { checkConnection, createDatabase, dropDatabase } from './database.ts';

const subcommands: Record<string, (url: string) => Promise<unknown>> = {
  'can-connect-to-database': checkConnection,
  'create-database': createDatabase,
  'drop-database': dropDatabase,
};

/** Runs one of the engine's one-shot commands and answers its exit code; a failure is JSON on stderr, as the CLI expects. */
export async function runSubcommand(name: string, url: string | undefined): Promise<number> {
  try {
    const run = subcommands[name];
    if (!run || !url) throw new Error(run ? 'No database URL was given.' : `The subcommand ${name} is not supported.`);
    await run(url);
    return 0;
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    const fields = { message: message || String(code), error_code: prismaCode(code), is_panic: false };
    // The CLI drops the first line and parses the rest.
    const line = { timestamp: new Date().toISOString(), level: 'ERROR', fields, target: 'schema_engine::logger' };
    process.stderr.write(`schema-engine (wasm)\n${JSON.stringify(line)}\n`);
    return 1;
  }
}

/** SQLSTATE → Prisma: no such database, wrong password, anything else is "cannot reach the server". */
function prismaCode(sqlState: string | undefined): string {
  if (sqlState === '3D000') return 'P1003';
  return sqlState === '28P01' ? 'P1000' : 'P1001';
}
