import type { ConnectionAdded, ConnectionRemoved, ConnectionsReordered } from '../diff/change';
import type { Edge, WorkflowNode } from '../model';
import { outputWords } from '../output-words';
import { list } from './phrase';
import { name, now, type Sentence, say, was } from './sentence';

/** What a node lends to an agent or chain through each kind of AI connection. */
const AI_ROLES: ReadonlyMap<string, string> = new Map([
  ['ai_agent', 'its agent'],
  ['ai_chain', 'its chain'],
  ['ai_document', 'its document loader'],
  ['ai_embedding', 'its embedding model'],
  ['ai_languageModel', 'its language model'],
  ['ai_memory', 'its memory'],
  ['ai_outputParser', 'its output parser'],
  ['ai_reranker', 'its reranker'],
  ['ai_retriever', 'its retriever'],
  ['ai_textSplitter', 'its text splitter'],
  ['ai_tool', 'a tool'],
  ['ai_vectorStore', 'its vector store'],
]);

/** A connection that came or went; `source` is the node it leaves. */
export function describeConnection(change: ConnectionAdded | ConnectionRemoved, source?: WorkflowNode): Sentence {
  const { edge } = change;
  const isNew = change.kind === 'connection.added';
  const value = isNew ? now : was;
  if (edge.type !== 'main') {
    const role = AI_ROLES.get(edge.type) ?? edge.type;
    return say`${name(edge.to)} ${isNew ? 'now uses' : 'no longer uses'} ${value(edge.from)} as ${role}`;
  }
  const verb = isNew ? 'now leads' : 'no longer leads';
  return say`${name(edge.from)}${output(edge, source)} ${verb} to ${value(edge.to)}${input(edge)}`;
}

function output({ output }: Edge, source?: WorkflowNode): string {
  const words = source && outputWords(source);
  if (words && words.length > 1 && output < words.length) return ` ${words[output]}`;
  return output === 0 && source?.type !== 'n8n-nodes-base.switch' ? '' : ` output ${output + 1}`;
}

function input({ input }: Edge): string {
  return input === 0 ? '' : `, input ${input + 1}`;
}

/** Another order of the targets of one output. */
export function describeReorder({ before, after }: ConnectionsReordered): Sentence {
  const order = (edges: readonly Edge[]) => list(edges.map((edge) => edge.to));
  return say`${name(after[0]!.from)} runs ${now(order(after))} in this order instead of ${was(order(before))}`;
}
