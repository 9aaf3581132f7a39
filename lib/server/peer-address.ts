import { type IncomingMessage, Server } from 'node:http';

const HEADER = 'x-forwarded-for';

/**
 * Makes the forwarded address of every request to this process true: the socket's own, whatever the caller wrote there.
 * Next hands route handlers no socket, and leaves a header that is present as it is. Not for a process behind a proxy
 * that the operator trusts: there the proxy's word counts.
 */
export function assertPeerAddress(): void {
  const emit: (this: Server, event: string, ...input: unknown[]) => boolean = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string, ...input: unknown[]) {
    if (event === 'request') {
      const request = input[0] as IncomingMessage;
      request.headers[HEADER] = request.socket.remoteAddress ?? '';
    }
    return emit.call(this, event, ...input);
  };
}

/** The address a request came from: the last one named, which is what the nearest server saw. Null when none is. */
export const peerAddress = (headers: { get(name: string): string | null }): string | null =>
  headers.get(HEADER)?.split(',').at(-1)?.trim() || null;
