import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type ErrorCapturingSqlMigrationAwareDriverAdapterFactory,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { connectionFields, createDatabase, dropDatabase } from './database.ts';

/** PostgreSQL's type ids: "char", the catalogue's one-byte type, and bpchar. */
const CHAR = 18;
const BPCHAR = 1042;

let lastColumnTypes: number[] = [];

/**
 * The adapter has no mapping for "char", which the engine's catalogue queries return. Let it through as bpchar here and
 * give the column its own type in `typed`. The engine asks one question at a time, so remembering the last is enough.
 */
function rememberColumnTypes(): void {
  // biome-ignore lint/suspicious/noExplicitAny: pg publishes neither addFields nor its argument
  const result = (pg as any).Result.prototype;
  const addFields = result.addFields;
  result.addFields = function (fields: { dataTypeID: number }[]) {
    lastColumnTypes = fields.map((field) => field.dataTypeID);
    for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = BPCHAR;
    return addFields.call(this, fields);
  };
}

function typed<Connection extends SqlDriverAdapter>(connection: Connection): Connection {
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (query) => {
    lastColumnTypes = [];
    const result = await queryRaw(query);
    for (const [column, type] of lastColumnTypes.entries()) {
      if (type === CHAR) result.columnTypes[column] = ColumnTypeEnum.Character;
    }
    return result;
  };
  // The adapter cuts a script at every semicolon, through function bodies too; the native engine sends it whole.
  connection.executeScript = async (script) => {
    await pool(connection).query(script);
  };
  return connection;
}

// biome-ignore lint/suspicious/noExplicitAny: the adapter keeps its pool in a private field
const pool = (connection: SqlDriverAdapter): pg.Pool => (connection as any).client;

/** The driver the engine talks to PostgreSQL through, with a shadow database that is its own and dropped when closed. */
export function engineAdapter(url: string): ErrorCapturingSqlMigrationAwareDriverAdapterFactory {
  rememberColumnTypes();
  const schema = new URL(url).searchParams.get('schema') ?? undefined;
  const adapter = new PrismaPg(connectionFields(url), { schema });
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => typed(await connect());
  adapter.connectToShadowDb = async () => {
    const shadow = `prisma_migrate_shadow_db_${randomUUID()}`;
    await createDatabase(url, shadow);
    const connection = typed(await new PrismaPg(connectionFields(url, shadow)).connect());
    const dispose = connection.dispose.bind(connection);
    connection.dispose = async () => {
      await dispose().catch(() => undefined);
      await dropDatabase(url, shadow);
    };
    return connection;
  };
  return bindMigrationAwareSqlAdapterFactory(adapter);
}
