import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import type { z } from 'zod';
import { AppError, type Problem, toProblem } from '@/lib/core/errors';
import type { AnyOperation, Operation } from '@/lib/kernel/operation';
import { readClient, readCredentials } from './credentials';
import { resolvePrincipal } from './principal';
import { kernel } from './runtime';
import { assertSameOrigin } from './same-origin';
import { drainAfterResponse } from './serverless';

/** What a server action answers: a thrown error would reach the browser without its meaning. */
export type ActionResult<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/**
 * Binds an operation to a server action. The browser names the tenant its page is about (null: none), and the version
 * that was looked at where that matters; everything is checked again here, since an action is a public endpoint whatever
 * page it was rendered on.
 */
export function action<I extends z.ZodType, O extends z.ZodType>(
  operation: Operation<never, I, O> | (AnyOperation & { input: I; output: O }),
): (tenant: string | null, input: z.input<I>, ifMatch?: number) => Promise<ActionResult<z.output<O>>> {
  const handler = async (
    tenant: string | null,
    input: z.input<I>,
    ifMatch?: number,
  ): Promise<ActionResult<z.output<O>>> => {
    const requestId = randomUUID();
    try {
      const incoming = await headers();
      assertSameOrigin(incoming);
      const { sessionToken } = readCredentials(incoming);
      const call = {
        kernel: kernel(),
        principal: await resolvePrincipal(kernel().database, { bearer: null, sessionToken, tenant }),
        requestId,
        client: readClient(incoming),
        signal: new AbortController().signal,
        ifMatch: Number.isInteger(ifMatch) ? ifMatch : null,
      };
      const value = await (operation as AnyOperation)(call, input);
      drainAfterResponse(call.kernel, operation as AnyOperation);
      return { ok: true, value };
    } catch (error) {
      if (!(error instanceof AppError) || error.kind === 'internal') {
        kernel().log.error({ error, requestId, operation: (operation as AnyOperation).operation }, 'action failed');
      }
      return { ok: false, problem: toProblem(error, requestId) };
    }
  };
  // For the suites over all doors.
  return Object.assign(handler, { operation });
}
