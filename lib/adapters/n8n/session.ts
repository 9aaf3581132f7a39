import { ProviderError } from '@/lib/ports/provider-error';
import type { Call } from '@/lib/ports/workflow-provider';
import { writeBehaviour } from './behaviour';
import type { N8nClient } from './client';
import type { Instance } from './instance';
import { parseSpecification, type Specification, specificationFromDiscovery } from './specification';

const SPECIFICATION_TTL_MS = 5 * 60_000;

/** What an instance without a readable specification is relied on for: operations that 1.123 has. */
const OLDEST_KNOWN = parseSpecification(
  JSON.stringify({
    paths: {
      '/workflows': { get: {}, post: {} },
      '/workflows/{id}': { get: {}, put: {}, delete: {} },
      '/workflows/{id}/activate': { post: {} },
      '/workflows/{id}/deactivate': { post: {} },
      '/workflows/{id}/tags': { get: {}, put: {} },
      '/tags': { get: {}, post: {} },
      '/executions': { get: {} },
      '/executions/{id}': { get: {} },
      '/users': { get: {} },
    },
  }),
)!;

/** One key at one instance: what the verbs of the provider are made of. */
export type Session = {
  client: N8nClient;
  apiKey: string;
  /** The instance's own description of its interface, at most five minutes old unless `fresh`. */
  specification(call?: Call & { fresh?: boolean }): Promise<Specification>;
  /** Queued behind other writes where this version loses concurrent ones. */
  exclusively<T>(call: Call, write: (specification: Specification) => Promise<T>): Promise<T>;
};

export function createSession(client: N8nClient, instance: Instance, apiKey: string): Session {
  const specification: Session['specification'] = async (call = {}) => {
    const known = instance.specification;
    if (known && !call.fresh && Date.now() - known.readAt < SPECIFICATION_TTL_MS) return known.value;
    const value = (await readSpecification(client, call)) ?? known?.value ?? OLDEST_KNOWN;
    instance.specification = { value, readAt: Date.now() };
    return value;
  };

  return {
    client,
    apiKey,
    specification,
    async exclusively(call, write) {
      const known = await specification(call);
      return writeBehaviour(known).serial ? instance.serially(() => write(known)) : write(known);
    },
  };
}

/** The instance's file, else what it lists for this key; null when it tells neither. */
async function readSpecification(client: N8nClient, call: Call): Promise<Specification | null> {
  const file = await client.ask('/api/v1/openapi.yml', { signal: call.signal });
  const parsed = file.status === 200 ? parseSpecification(file.body.toString('utf8')) : null;
  if (parsed) return parsed;
  try {
    return specificationFromDiscovery(await client.read('/discover', { include: 'schemas' }, call));
  } catch (error) {
    if (error instanceof ProviderError) return null;
    throw error;
  }
}
