import { apiUrl } from './api';

export type LiveState = 'live' | 'reconnecting' | 'paused';
/** One event of the tenant: its type, and the thing it is about. */
export type LiveEvent = { type: string; subject: string | null; environmentId?: string };
type Message = { kind: 'event'; event: LiveEvent } | { kind: 'state'; state: LiveState };
type Listeners = { onEvent(event: LiveEvent): void; onState(state: LiveState): void };

/** A stream that is down this long is started again by hand: EventSource gives up on some errors. */
const RETRY_MS = 5_000;

/**
 * One stream per browser and tenant: the tab that holds the lock reads it and tells the others. A hidden tab lets go,
 * since six open streams would block a browser's seventh page. Returns the way to stop.
 */
export function followEvents(tenant: string, { onEvent, onState }: Listeners): () => void {
  const name = `n8nops-live-${tenant}`;
  const channel = new BroadcastChannel(name);
  const stopped = new AbortController();
  channel.onmessage = ({ data }: MessageEvent<Message>) =>
    data.kind === 'event' ? onEvent(data.event) : onState(data.state);
  const tell = (message: Message) => {
    channel.postMessage(message);
    if (message.kind === 'event') onEvent(message.event);
    else onState(message.state);
  };

  let release: (() => void) | undefined;
  const lead = () => {
    if (document.visibilityState === 'hidden' || release) return;
    const turn = new AbortController();
    release = () => turn.abort();
    navigator.locks
      .request(name, { signal: turn.signal }, () => readStream(tenant, tell, turn.signal))
      .catch(() => undefined);
  };
  const onVisibility = () => {
    if (document.visibilityState === 'visible') return lead();
    release?.();
    release = undefined;
    onState('paused');
  };
  document.addEventListener('visibilitychange', onVisibility, { signal: stopped.signal });
  lead();
  return () => {
    stopped.abort();
    release?.();
    channel.close();
  };
}

/** Reads until it is told to stop; holds the lock as long as it runs. */
function readStream(tenant: string, tell: (message: Message) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource;
    let lastEventId = '';
    let retry: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource(apiUrl('/sse/stream', { tenant, lastEventId }));
      source.onopen = () => tell({ kind: 'state', state: 'live' });
      source.onerror = () => {
        tell({ kind: 'state', state: 'reconnecting' });
        if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
      };
      for (const type of EVENT_TYPES) {
        source.addEventListener(type, (message) => {
          lastEventId = message.lastEventId || lastEventId;
          tell({ kind: 'event', event: { subject: null, ...JSON.parse(message.data), type } });
        });
      }
    };
    signal.addEventListener('abort', () => {
      clearTimeout(retry);
      source.close();
      resolve();
    });
    open();
  });
}

/** What the server may send; EventSource only hears names it was told. `reset`: away too long, everything is stale. */
export const EVENT_TYPES = [
  'reset',
  'job.created',
  'job.updated',
  'environment.changed',
  'environment.synced',
  'environment-type.changed',
  'workflow.changed',
  'team.changed',
  'tenant.changed',
  'api-key.changed',
] as const;
