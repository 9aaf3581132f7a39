import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import { cache } from 'react';
import type { z } from 'zod';
import { crashDigest } from '@/lib/core/crash-digest';
import { AppError } from '@/lib/core/errors';
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
  const answer = operation(
    {
      kernel: kernel(),
      principal: await pagePrincipal(tenant),
      requestId: randomUUID(),
      client: readClient(await headers()),
      signal: new AbortController().signal,
    },
    input,
  );
  return answer.catch((error: unknown) => {
    if (error instanceof AppError) Object.assign(error, { digest: crashDigest(error) });
    throw error;
  });
}
