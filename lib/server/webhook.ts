import { randomUUID } from 'node:crypto';
import { AppError } from '@/lib/core/errors';
import { readRaw } from './body';
import { json, problem } from './respond';
import { kernel } from './runtime';

/** How a sender's notes are dealt with: its signature over the exact bytes is the only way in. */
export type Webhook<Event> = {
  /** The sender, for the log. */
  name: string;
  /** Throws `unauthenticated` when the signature does not hold, `invalid` when the note can't be read. */
  verify(body: Uint8Array, headers: Headers): Event | Promise<Event>;
  /** Makes the job that does the work. Notes are sent again until one is answered, so a second one must change nothing. */
  enqueue(event: Event): Promise<void>;
};

/** Binds a sender's notes: verifies, enqueues, and answers at once; a failure is a problem, and the sender tries again. */
export function webhook<Event>({ name, verify, enqueue }: Webhook<Event>) {
  return {
    async POST(request: Request): Promise<Response> {
      const requestId = randomUUID();
      try {
        await enqueue(await verify(await readRaw(request), request.headers));
        return json(202, { received: true }, requestId);
      } catch (error) {
        if (!(error instanceof AppError)) kernel().log.error({ error, requestId, webhook: name }, 'webhook failed');
        return problem(error, requestId, new URL(request.url).pathname);
      }
    },
  };
}
