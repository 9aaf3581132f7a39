import { nodeKind } from '../node-kind';

/** What a node is for. `api` is everything that talks to a named service. */
export type NodeCategory = 'trigger' | 'api' | 'database' | 'logic' | 'code' | 'transform' | 'ai' | 'note' | 'other';

const BASE = 'n8n-nodes-base.';
const LANGCHAIN = '@n8n/n8n-nodes-langchain.';

const LOGIC = new Set(
  'if switch merge filter splitInBatches wait noOp limit stopAndError executeWorkflow compareDatasets respondToWebhook form executionData n8n debugHelper'.split(
    ' ',
  ),
);
const TRANSFORM = new Set(
  'set splitOut aggregate sort summarize removeDuplicates itemLists renameKeys html htmlExtract markdown xml dateTime crypto extractFromFile convertToFile moveBinaryData spreadsheetFile editImage compression readWriteFile readBinaryFile readBinaryFiles readPDF writeBinaryFile jwt totp iCal'.split(
    ' ',
  ),
);
const CODE = new Set('code function functionItem executeCommand ssh'.split(' '));
const DATABASE =
  /^(postgres|mySql|microsoftSql|mongoDb|redis|supabase|snowflake|elasticsearch|dataTable|questDb|crateDb|timescaleDb|cockroachDb|oracleDb|googleBigQuery|googleFirebase|awsDynamoDb|azureCosmosDb|couchDb|clickHouse|ldap|nocoDb|baserow|seaTable)/i;

/** The last part of a type, without the `Tool` that n8n adds to nodes an agent may use: `slackTool` is `slack`. */
export function nodeNoun(type: string): string {
  const noun = type.slice(type.lastIndexOf('.') + 1);
  return type.startsWith(BASE) && noun.endsWith('Tool') ? noun.slice(0, -4) : noun;
}

/** The category of a node, from its type alone. */
export function nodeCategory(type: string): NodeCategory {
  const kind = nodeKind(type);
  if (kind !== 'step') return kind === 'note' ? 'note' : 'trigger';
  const noun = nodeNoun(type);
  if (type.startsWith(LANGCHAIN)) return noun === 'toolCode' || noun === 'code' ? 'code' : 'ai';
  if (!type.startsWith(BASE)) return type.includes('.') ? 'api' : 'other';
  if (LOGIC.has(noun)) return 'logic';
  if (TRANSFORM.has(noun)) return 'transform';
  if (CODE.has(noun)) return 'code';
  if (noun === 'openAi') return 'ai';
  return DATABASE.test(noun) ? 'database' : 'api';
}
