import { ProviderError } from '@/lib/ports/provider-error';
import type { Capability, KeyState, Probe, ProbeProblem, Support } from '@/lib/ports/provider-probe';
import type { Call } from '@/lib/ports/workflow-provider';
import { datedBy, writeBehaviour } from './behaviour';
import { capabilitiesOf, type Tryouts, tryouts } from './capabilities';
import type { N8nClient } from './client';
import { INTERACTIVE } from './retry';
import type { Specification } from './specification';

type Context = {
  client: N8nClient;
  apiKey: string;
  /** Reads the specification anew. */
  readSpecification: (call: Call) => Promise<Specification>;
};

/** Asks an instance what it is and what this key may do there; every failure becomes an explanation. */
export async function probeInstance(context: Context, call: Call = {}): Promise<Probe> {
  const client = context.client.patient(INTERACTIVE);
  try {
    // The key first: with a wrong one nothing else can be learned.
    await client.read('/workflows', { limit: 1 }, call);
    const specification = await context.readSpecification(call);
    const [scopes, exact, tried] = await Promise.all([
      specification.has('GET /discover') ? keyScopes(client, call) : null,
      exactVersion(client, call),
      tryAll(client, specification, call),
    ]);
    return {
      ok: true,
      report: {
        version: datedBy(specification, exact),
        key: { scopes, expiresAt: keyExpiry(context.apiKey) },
        capabilities: capabilitiesOf(specification, scopes, tried),
        writes: writeBehaviour(specification),
        checkedAt: new Date().toISOString(),
      },
    };
  } catch (error) {
    call.signal?.throwIfAborted();
    if (!(error instanceof ProviderError)) throw error;
    return { ok: false, problem: explain(error, context.apiKey) };
  }
}

async function keyScopes(client: N8nClient, call: Call): Promise<string[] | null> {
  const reply = (await client.read('/discover', undefined, call).catch(withoutFailure)) as {
    data?: { scopes?: unknown };
  } | null;
  const scopes = reply?.data?.scopes;
  return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : null;
}

/** No route of the public API names the version; the editor's page does, where it is served. */
async function exactVersion(client: N8nClient, call: Call): Promise<string | null> {
  const page = await client.ask('/', call).catch(withoutFailure);
  return page?.status === 200 ? versionInPage(page.body.toString('utf8')) : null;
}

/** The editor's page holds its error reporter's configuration as base64 JSON, with `n8n@2.41.1` as the release. */
export function versionInPage(html: string): string | null {
  const [, encoded = ''] = /n8n:config:sentry" content="([\w+/=]+)"/.exec(html) ?? [];
  return /"release":"n8n@(\d+\.\d+\.\d+)/.exec(Buffer.from(encoded, 'base64').toString('utf8'))?.[1] ?? null;
}

const WHY: Partial<Record<ProviderError['failure'], Exclude<Support, { works: true }>['why']>> = {
  not_licensed: 'licence',
  not_permitted: 'scope',
  unsupported: 'disabled',
};

async function tryAll(client: N8nClient, specification: Specification, call: Call): Promise<Tryouts> {
  const outcomes = await Promise.all(
    tryouts(specification).map(async ({ capability, path }): Promise<[Capability, Tryouts[Capability]]> => {
      try {
        await client.read(path, path.endsWith('/folders') ? { take: 1 } : { limit: 1 }, call);
        return [capability, null];
      } catch (error) {
        const why = error instanceof ProviderError ? WHY[error.failure] : undefined;
        return [capability, why ? { works: false, why, detail: (error as ProviderError).message } : undefined];
      }
    }),
  );
  return Object.fromEntries(outcomes);
}

function withoutFailure(error: unknown): null {
  if (error instanceof ProviderError) return null;
  throw error;
}

/** n8n's keys are JWTs; their expiry can be read without the secret that signed them. */
export function keyExpiry(apiKey: string): KeyState['expiresAt'] {
  try {
    const claims = JSON.parse(Buffer.from(apiKey.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      exp?: unknown;
    };
    return typeof claims.exp === 'number' ? new Date(claims.exp * 1_000).toISOString() : null;
  } catch {
    return null;
  }
}

const ADDRESS_FAILURES = new Set<ProviderError['failure']>([
  'unreachable',
  'address_refused',
  'timeout',
  'unreadable',
  'unsupported',
  'not_found',
]);
const KEY_FAILURES = new Set<ProviderError['failure']>(['key_rejected', 'not_permitted']);

function explain(error: ProviderError, apiKey: string): ProbeProblem {
  const { failure } = error;
  const field = KEY_FAILURES.has(failure) ? 'apiKey' : ADDRESS_FAILURES.has(failure) ? 'baseUrl' : null;
  return { failure, field, detail: adviceFor(error, apiKey) };
}

function adviceFor(error: ProviderError, apiKey: string): string {
  const expiresAt = keyExpiry(apiKey);
  if (error.failure === 'key_rejected' && expiresAt && expiresAt < new Date().toISOString()) {
    return `The API key expired on ${expiresAt.slice(0, 10)}. Create a new one in n8n under Settings → n8n API.`;
  }
  switch (error.failure) {
    case 'key_rejected':
      return 'n8n is there, but does not accept this API key. Create one in n8n under Settings → n8n API and paste it whole.';
    case 'not_permitted':
      return 'The API key works but may not list workflows. Use a key of an owner or admin, with all scopes.';
    case 'unsupported':
    case 'not_found':
      return 'A server answers at this address, but not with n8n’s public API. Check the path, and that the API is not switched off.';
    default:
      return error.message;
  }
}
