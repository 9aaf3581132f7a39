import { createInterface } from 'node:readline';
import { engineAdapter } from './adapter.ts';
import { createDatabase } from './database.ts';
import { type Engine, openEngine, panic } from './engine.ts';

interface Request {
  id: number;
  method?: string;
  params?: { datasource?: { url?: string } };
}

/** JSON-RPC's application error, the only one Prisma's CLI knows: what went wrong stands in `data`. */
const APPLICATION_ERROR = 4466;

/** Answers JSON-RPC requests on stdin one after the other until it is closed. */
export function serve(datamodels: [string, string][], url: string | undefined): void {
  const adapter = url ? engineAdapter(url) : undefined;
  let engine: Promise<Engine> | undefined;
  let running: number | undefined;

  const call = async ({ id, method = '', params }: Request): Promise<unknown> => {
    if (method === 'createDatabase')
      return { databaseName: await createDatabase(params?.datasource?.url ?? url ?? '') };
    if (!adapter) throw new Error('No database URL was given.');
    engine ??= openEngine(datamodels, adapter);
    const name = method === 'getDatabaseVersion' ? 'version' : method;
    const result = (await (await engine)[name]?.(params ?? {})) ?? null;
    return method === 'diff' ? printDiff(id, result as { stdout?: string }) : result;
  };

  const answer = async (request: Request): Promise<void> => {
    running = request.id;
    try {
      send({ id: request.id, result: await call(request) });
    } catch (error) {
      send({ id: request.id, error: applicationError(driverError(error as Error) ?? (error as Error)) });
    }
  };

  /** The engine only names a driver's error by a number; the adapter kept the error itself. */
  const driverError = ({ message }: Error): Error | undefined => {
    const id = /Error in external connector \(id (\d+)\)/.exec(message)?.[1];
    return id === undefined ? undefined : (adapter?.errorRegistry.consumeError(Number(id))?.error as Error | undefined);
  };

  process.on('uncaughtException', (error) => {
    const message = panic.message || error.stack || String(error);
    const data = { is_panic: true, message };
    if (running !== undefined) send({ id: running, error: { code: APPLICATION_ERROR, message, data } });
    process.stderr.write(`${message}\n`);
    process.exit(101);
  });

  let queue = Promise.resolve();
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const message: Request | undefined = line.trim() ? JSON.parse(line) : undefined;
    // A line without a method is the CLI's answer to our own print request.
    if (message?.method) queue = queue.then(() => answer(message));
  });
  lines.on('close', () => queue.then(() => process.exit(0)));
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

/** The native engine streams a diff in a request of its own and leaves it out of the result. */
function printDiff(id: number, result: { stdout?: string | null }): object {
  if (result.stdout != null) send({ id: `print-${id}`, method: 'print', params: { content: result.stdout } });
  return { ...result, stdout: null };
}

function applicationError(error: Error & { code?: string; meta?: unknown }): object {
  const code = /^P\d+$/.test(error.code ?? '') ? error.code : undefined;
  const message = panic.message || error.message || String(error);
  return {
    code: APPLICATION_ERROR,
    message: 'An error happened. Check the data field for details.',
    data: { is_panic: error.code === 'RuntimeError', message, error_code: code, meta: error.meta },
  };
}
