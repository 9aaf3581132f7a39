import { apiUrl } from './api';
import { TOUCHED } from './query-keys';

export type LiveState = 'live' | 'reconnecting' | 'paused';
/** One event of the tenant: its type, and the thing it is about. */
export type LiveEvent = { type: string; subject: string | null; environmentId?: string };
type Message =
  | { kind: 'event'; event: LiveEvent; id: string }
  | { kind: 'state'; state: LiveState }
  /** A tab that has just come asks how the stream is doing. */
  | { kind: 'question' };
type Listeners = { onEvent(event: LiveEvent): void; onState(state: LiveState): void };
/** How far this tab has heard, and whether it ever listened. */
type Memory = { lastEventId: string; heardBefore: boolean };

/** A stream that is down this long is started again by hand: EventSource gives up on some errors. */
const RETRY_MS = 5_000;

/**
 * One stream per browser and tenant: the tab that holds the lock reads it and tells the others. A hidden tab lets go,
 * since six open streams would block a browser's seventh page; when it is back it hears what it missed. Returns the way
 * to stop.
 */
export function followEvents(tenant: string, { onEvent, onState }: Listeners): () => void {
  const name = `n8nops-live-${tenant}`;
  const channel = new BroadcastChannel(name);
  const stopped = new AbortController();
  const memory: Memory = { lastEventId: '', heardBefore: false };
  let leading: LiveState | null = null;
  const hear = (message: Message) => {
    if (message.kind === 'question') {
      if (leading) channel.postMessage({ kind: 'state', state: leading });
      return;
    }
    if (message.kind === 'state') return onState(message.state);
    memory.lastEventId = message.id || memory.lastEventId;
    onEvent(message.event);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
  const tell = (message: Message) => {
    if (message.kind === 'state') leading = message.state;
    channel.postMessage(message);
    hear(message);
  };

  let release: (() => void) | undefined;
  const listen = () => {
    if (document.visibilityState === 'hidden' || release) return;
    const turn = new AbortController();
    release = () => turn.abort();
    channel.postMessage({ kind: 'question' });
    navigator.locks
      .request(name, { signal: turn.signal }, () => readStream(tenant, memory, tell, turn.signal))
      .catch(() => undefined);
  };
  const onVisibility = () => {
    if (document.visibilityState === 'visible') return listen();
    release?.();
    release = undefined;
    leading = null;
    onState('paused');
  };
  document.addEventListener('visibilitychange', onVisibility, { signal: stopped.signal });
  listen();
  return () => {
    stopped.abort();
    release?.();
    channel.close();
  };
}

/** Reads until it is told to stop; holds the lock as long as it runs. */
function readStream(
  tenant: string,
  memory: Memory,
  tell: (message: Message) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      // Nothing to resume from, and yet this tab was away: whatever happened meanwhile was missed.
      const missed = memory.heardBefore && !memory.lastEventId;
      source = new EventSource(apiUrl('/sse/stream', { tenant, lastEventId: memory.lastEventId }));
      source.onopen = () => {
        memory.heardBefore = true;
        tell({ kind: 'state', state: 'live' });
        if (missed) tell({ kind: 'event', event: { type: 'reset', subject: null }, id: '' });
      };
      source.onerror = () => {
        tell({ kind: 'state', state: 'reconnecting' });
        if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
      };
      // EventSource hears only names it was told. `reset`: away too long, everything is stale.
      for (const type of ['reset', ...Object.keys(TOUCHED)]) {
        source.addEventListener(type, ({ data, lastEventId }) => {
          tell({ kind: 'event', event: { subject: null, ...JSON.parse(data), type }, id: lastEventId });
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
