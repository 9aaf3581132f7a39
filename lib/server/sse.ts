import { randomUUID } from 'node:crypto';
import { forbidden, unauthenticated } from '@/lib/core/errors';
import type { TenantPermission } from '@/lib/core/permissions';
import type { FeedEvent } from '@/lib/kernel/outbox-feed';
import type { Principal } from '@/lib/kernel/principal';
import { readClient, readCredentials } from './credentials';
import { resolvePrincipal } from './principal';
import { problem } from './respond';
import { kernel } from './runtime';

const KEEP_ALIVE_MS = 15_000;
/** How soon a stream notices that its session, membership or key has ended. */
const RECHECK_MS = 30_000;
/** A reader this far behind is cut off; it comes back with Last-Event-ID. */
const MAX_BUFFERED = 500;

type Filter = { environmentId?: string; jobId?: string };
export type SseDoor = ((request: Request) => Promise<Response>) & { permission: TenantPermission };

/** A stream of the tenant's events. EventSource cannot send headers, so the tenant may stand in the query. */
export function sse(permission: TenantPermission): { GET: SseDoor } {
  const handler = async (request: Request): Promise<Response> => {
    const requestId = randomUUID();
    const url = new URL(request.url);
    try {
      const credentials = readCredentials(request.headers);
      const named = { ...credentials, tenant: credentials.tenant ?? url.searchParams.get('tenant') };
      const whoIs = () => resolvePrincipal(kernel().database, named);
      const principal = await whoIs();
      await kernel().rateLimiter.consume(principal, readClient(request.headers), 'default');
      const tenantId = entitled(principal, permission);
      const lastEventId = request.headers.get('last-event-id') ?? url.searchParams.get('lastEventId');
      const filter = {
        environmentId: url.searchParams.get('environmentId') ?? undefined,
        jobId: url.searchParams.get('jobId') ?? undefined,
      };
      const stillEntitled = async () => entitled(await whoIs(), permission) === tenantId;
      const leave = kernel().rateLimiter.openStream(principal);
      const stream = eventStream({ tenantId, lastEventId, filter, stillEntitled, signal: request.signal, leave });
      return new Response(stream, {
        headers: {
          'content-type': 'text/event-stream',
          'cache-control': 'private, no-store, no-transform',
          'x-accel-buffering': 'no',
          'x-request-id': requestId,
        },
      });
    } catch (error) {
      return problem(error, requestId, url.pathname);
    }
  };
  return { GET: Object.assign(handler, { permission }) };
}

function entitled(principal: Principal, permission: TenantPermission): string {
  if (principal.actor.type === 'anonymous') throw unauthenticated();
  if (!principal.tenant || !principal.permissions.has(permission)) {
    throw forbidden(`This needs the permission ${permission}.`, 'missing_permission');
  }
  return principal.tenant.id;
}

type StreamSource = {
  tenantId: string;
  lastEventId: string | null;
  filter: Filter;
  stillEntitled: () => Promise<boolean>;
  signal: AbortSignal;
  /** Gives the stream's place back. */
  leave: () => void;
};

function eventStream({
  tenantId,
  lastEventId,
  filter,
  stillEntitled,
  signal,
  leave,
}: StreamSource): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const cleanups: (() => void)[] = [leave];
  const stop = () => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  };
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const write = (text: string) => {
          if ((controller.desiredSize ?? 0) > -MAX_BUFFERED) controller.enqueue(encoder.encode(text));
          else end();
        };
        const end = () => {
          if (cleanups.length === 0) return;
          stop();
          controller.close();
        };
        const send = (event: FeedEvent) => {
          if (matches(event, filter)) write(`id: ${event.id}\nevent: ${event.type}\ndata: ${toData(event)}\n\n`);
        };
        const keepAlive = setInterval(() => write(': still here\n\n'), KEEP_ALIVE_MS);
        const recheck = setInterval(() => void stillEntitled().then((ok) => ok || end(), end), RECHECK_MS);
        cleanups.push(
          () => clearInterval(keepAlive),
          () => clearInterval(recheck),
        );
        signal.addEventListener('abort', end, { once: true });
        cleanups.push(() => signal.removeEventListener('abort', end));
        if (signal.aborted) return end();
        await replayThenFollow({ tenantId, lastEventId, send, write, cleanups }).catch((error) => {
          stop();
          throw error;
        });
      },
      cancel: stop,
    },
    { highWaterMark: 1 },
  );
}

/** Subscribes first and replays second, so that nothing falls between; what comes twice is sent once. */
async function replayThenFollow(stream: {
  tenantId: string;
  lastEventId: string | null;
  send: (event: FeedEvent) => void;
  write: (text: string) => void;
  cleanups: (() => void)[];
}): Promise<void> {
  const { tenantId, lastEventId, send, write, cleanups } = stream;
  let waiting: FeedEvent[] | null = [];
  cleanups.push(kernel().feed.subscribe(tenantId, (event) => (waiting ? void waiting.push(event) : send(event))));
  write('retry: 2000\n\n');
  const missed = lastEventId ? await kernel().feed.since(tenantId, lastEventId) : [];
  // Too long away to replay: the browser refetches everything it shows.
  if (missed === null) write('event: reset\ndata: {}\n\n');
  const sent = new Set(missed?.map((event) => event.id));
  for (const event of missed ?? []) send(event);
  for (const event of waiting) if (!sent.has(event.id)) send(event);
  waiting = null;
}

const toData = ({ type, subject, payload }: FeedEvent) => JSON.stringify({ type, subject, ...(payload as object) });

function matches(event: FeedEvent, filter: Filter): boolean {
  const payload = event.payload as { environmentId?: string } | null;
  if (filter.jobId && event.subject !== filter.jobId) return false;
  return (
    !filter.environmentId || payload?.environmentId === filter.environmentId || event.subject === filter.environmentId
  );
}
