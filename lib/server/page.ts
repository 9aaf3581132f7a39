import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import { cache } from 'react';
import type { z } from 'zod';
import type { AnyOperation } from '@/lib/kernel/operation';
import type { Principal } from '@/lib/kernel/principal';
import { readClient, readCredentials } from './credentials';
import { resolvePrincipal } from './principal';
import { kernel } from './runtime';

/** What Next hands a page of its query. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** Who looks at this page, in the tenant its URL names (null: none). Read once per rendering. */
export const pagePrincipal = cache(async (tenant: string | null): Promise<Principal> => {
  const { sessionToken } = readCredentials(await headers());
  return resolvePrincipal(kernel().database, { bearer: null, sessionToken, tenant });
});

/** Calls the operation that the browser would fetch, so that a page arrives with its data. Throws what the API answers. */
export async function load<Op extends AnyOperation>(
  operation: Op,
  tenant: string | null,
  input: z.input<Op['input']>,
): Promise<z.output<Op['output']>> {
  return operation(
    {
      kernel: kernel(),
      principal: await pagePrincipal(tenant),
      requestId: randomUUID(),
      client: readClient(await headers()),
      signal: new AbortController().signal,
    },
    input,
  );
}
