import { webhookDocument } from '@/lib/ports/contract/subject';
import { ProviderError } from '@/lib/ports/provider-error';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import type { Fault, FaultProxy, Rule } from '@/lib/testing/fault-proxy';

/** What a case is played with. */
export type Stage = {
  proxy: FaultProxy;
  /** Through the proxy. */
  spoiled: WorkflowProvider;
  /** Past the proxy. */
  direct: WorkflowProvider;
  apiKey: string;
  /** The rows that exist when the case begins, in list order. */
  known: string[];
};

/** What came of it: the words of the table in `docs/n8n-faults.md`. */
export type Verdict = { verdict: string; requests: number; missing: string[]; expectedMissing: string[] };

const PAGE = '<!doctype html><title>Sign in</title>';
const PAGE_SIZE = 5;
const says = (message: string) => JSON.stringify({ message });
const reply = (status: number, body: string, headers?: Record<string, string>): Fault => ({
  kind: 'reply',
  reply: { status, body, headers },
});
const replaced = (status: number, body: string): Fault => ({ kind: 'replace', reply: { status, body } });

const isList: Rule['matches'] = (method, path) => method === 'GET' && /^\/api\/v1\/workflows\?/.test(path);
const isGet: Rule['matches'] = (method, path) => method === 'GET' && /^\/api\/v1\/workflows\/\w+$/.test(path);
const isMethod =
  (wanted: string): Rule['matches'] =>
  (method) =>
    method === wanted;
const isPublish: Rule['matches'] = (method, path) => method === 'POST' && /\/(publish|activate)$/.test(path);

const wordOf = (error: unknown): string => {
  if (error instanceof ProviderError) return error.failure;
  throw error;
};

/** What a refresh does: the whole list, then a question about each row that was not in it. */
async function refresh(
  provider: WorkflowProvider,
  known: string[],
): Promise<{ verdict: string; missing: string[]; overlooked: string[] }> {
  const seen = new Set<string>();
  try {
    for await (const page of provider.listWorkflows({ pageSize: PAGE_SIZE }))
      for (const { id } of page.items) seen.add(id);
    const unseen = known.filter((id) => !seen.has(id));
    const missing: string[] = [];
    for (const id of unseen) if ((await provider.getWorkflow(id)) === null) missing.push(id);
    return { verdict: 'recovers', missing, overlooked: unseen.filter((id) => !missing.includes(id)) };
  } catch (error) {
    return { verdict: wordOf(error), missing: [], overlooked: [] };
  }
}

type Case = (stage: Stage) => Promise<Verdict>;

const linesOf = (proxy: FaultProxy, matches: Rule['matches']) =>
  proxy.requests.filter((line) => matches(line.split(' ')[0]!, line.slice(line.indexOf(' ') + 1)));
const count = (proxy: FaultProxy, matches: Rule['matches']) => linesOf(proxy, matches).length;

/** A refresh in which one page is spoiled; counts the requests for that page. */
const listing =
  (rule: Omit<Rule, 'matches'>): Case =>
  async (stage) => {
    stage.proxy.script({ matches: isList, ...rule });
    const { verdict, missing } = await refresh(stage.spoiled, stage.known);
    const lists = linesOf(stage.proxy, isList);
    const requests = lists.filter((line) => line === lists[rule.after ?? 0]).length;
    return { verdict, missing, requests, expectedMissing: [] };
  };

const always = (fault: Fault) => listing({ fault });
const once = (fault: Fault) => listing({ fault, times: 1 });

/** The list is read while `change` happens between its first and its second page; no row may be overlooked. */
const between =
  (change: (stage: Stage) => Promise<unknown>): Case =>
  async (stage) => {
    const rule = { matches: isList, after: 1, times: 1, before: () => change(stage) };
    stage.proxy.script({ ...rule, fault: { kind: 'pass' } });
    const { verdict, missing, overlooked } = await refresh(stage.spoiled, stage.known);
    const requests = count(stage.proxy, isList);
    return { verdict: overlooked.length > 0 ? 'overlooks rows' : verdict, missing, requests, expectedMissing: [] };
  };

const removeAll = async (direct: WorkflowProvider, ids: string[]) => {
  for (const id of ids) await direct.deleteWorkflow(id);
};

/** One row is asked for while its answer is spoiled. */
const getting =
  (fault: Fault): Case =>
  async ({ proxy, spoiled, known }) => {
    proxy.script({ matches: isGet, fault });
    const asked = await spoiled.getWorkflow(known[0]!).then((row) => (row === null ? 'missing' : 'found'), wordOf);
    const missing = asked === 'missing' ? [known[0]!] : [];
    return { verdict: asked, requests: count(proxy, isGet), missing, expectedMissing: missing };
  };

/** A write whose first request is spoiled, and then a refresh without any fault. */
const writing =
  (
    matches: Rule['matches'],
    fault: Fault,
    act: (stage: Stage) => Promise<string>,
    gone: (known: string[]) => string[] = () => [],
  ): Case =>
  async (stage) => {
    stage.proxy.script({ matches, fault, times: 1 });
    const verdict = await act(stage).catch(wordOf);
    const requests = count(stage.proxy, matches);
    stage.proxy.script();
    const { missing } = await refresh(stage.spoiled, stage.known);
    return { verdict, requests, missing, expectedMissing: gone(stage.known) };
  };

const update = async ({ spoiled, known }: Stage) =>
  (await spoiled.updateWorkflow(known[0]!, webhookDocument('Rewritten'))).status;
const create = async ({ spoiled }: Stage) => (await spoiled.createWorkflow(webhookDocument('Another'))).status;
const put = (fault: Fault) => writing(isMethod('PUT'), fault, update);

export const FAULT_CASES: Record<string, Case> = {
  'list-401': always(reply(401, says('Unauthorized'))),
  'list-401-page': always(reply(401, PAGE)),
  'list-403': always(reply(403, says('Forbidden'))),
  'list-403-licence': always(reply(403, says('Your license does not allow for feat:x.'))),
  'list-403-page': always(reply(403, PAGE)),
  'list-429-once': once(reply(429, says('Too many requests'))),
  'list-429-retry-after': once(reply(429, says('Too many requests'), { 'retry-after': '1' })),
  'list-429-long': always(reply(429, says('Too many requests'), { 'retry-after': '3600' })),
  'list-429-forever': always(reply(429, says('Too many requests'))),
  'list-500-once': once(reply(500, says('Internal server error'))),
  'list-500-forever': always(reply(500, says('Internal server error'))),
  'list-502-page': always(reply(502, PAGE)),
  'list-html': always(reply(200, PAGE)),
  'list-redirect': always(reply(302, '', { location: 'https://elsewhere.example/' })),
  'list-cut-text': once({ kind: 'truncate', at: 100, seen: 'text' }),
  'list-cut-text-forever': always({ kind: 'truncate', at: 100, seen: 'text' }),
  'list-cut-connection': once({ kind: 'truncate', at: 100, seen: 'connection' }),
  'list-deep': always(reply(200, `{"data":${'['.repeat(200)}${']'.repeat(200)}}`)),
  'list-other-shape': always(reply(200, '{"data":{"rows":[]}}')),
  'list-reset-once': once({ kind: 'reset', when: 'before' }),
  'list-reset-forever': always({ kind: 'reset', when: 'before' }),
  'list-hang': always({ kind: 'hang' }),
  'list-second-page-500': listing({ fault: reply(500, says('Internal server error')), after: 1 }),
  'list-same-page': async (stage) => {
    const first = await firstPage(stage);
    stage.proxy.script({ matches: isList, fault: reply(200, first) });
    const { verdict, missing } = await refresh(stage.spoiled, stage.known);
    return { verdict, missing, requests: count(stage.proxy, isList), expectedMissing: [] };
  },
  'list-empty': always(reply(200, '{"data":[],"nextCursor":null}')),
  'rows-deleted': between(({ direct, known }) => removeAll(direct, known.slice(1, 3))),
  'rows-deleted-many': between(({ direct, known }) => removeAll(direct, known.slice(0, PAGE_SIZE))),
  'rows-added': between(async ({ direct }) => {
    for (let n = 0; n < 3; n++) await direct.createWorkflow(webhookDocument('Added'));
  }),
  'rows-gone': async (stage) => {
    stage.proxy.script();
    const gone = stage.known.slice(4, 6);
    await removeAll(stage.direct, gone);
    const { verdict, missing } = await refresh(stage.spoiled, stage.known);
    return { verdict, missing, requests: count(stage.proxy, isList), expectedMissing: gone };
  },
  'get-404': getting(reply(404, says('Not Found'))),
  'get-404-page': getting(reply(404, PAGE)),
  'get-404-no-api': getting(reply(404, says('not found'))),
  'put-500-before': put(reply(500, says('Internal server error'))),
  'put-500-after': put(replaced(500, says('Internal server error'))),
  'put-reset-after': put({ kind: 'reset', when: 'after' }),
  'put-reset-before': put({ kind: 'reset', when: 'before' }),
  'put-429': put(reply(429, says('Too many requests'))),
  'put-400': put(reply(400, says('request/body must NOT have additional properties'))),
  'put-400-saved': put(replaced(400, says('Workflow cannot be activated because it has no trigger node.'))),
  'put-403-saved': put(replaced(403, says('You may not publish this workflow.'))),
  'put-html': put(reply(200, PAGE)),
  'post-lost': writing(isMethod('POST'), { kind: 'reset', when: 'after' }, create),
  'post-429': writing(isMethod('POST'), reply(429, says('Too many requests')), create),
  'publish-lost': writing(
    isPublish,
    { kind: 'reset', when: 'after' },
    async ({ spoiled, known }) => (await spoiled.publishWorkflow(known[0]!)).status,
  ),
  'delete-lost': writing(
    isMethod('DELETE'),
    { kind: 'reset', when: 'after' },
    async ({ spoiled, known }) => ((await spoiled.deleteWorkflow(known[0]!)) ? 'deleted' : 'not there'),
    (known) => known.slice(0, 1),
  ),
};

async function firstPage({ proxy, apiKey }: Stage): Promise<string> {
  proxy.script();
  const answer = await fetch(`${proxy.url}/api/v1/workflows?limit=${PAGE_SIZE}`, {
    headers: { 'x-n8n-api-key': apiKey },
  });
  return answer.text();
}
