import { createGunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { EgressError } from './egress-error';

type Caps = { bodyMs: number; maxBytes: number };

/** The whole body, unpacked, within its time and its size: the size counts what comes out, not what came in. */
export async function readBody(reply: Dispatcher.ResponseData, caps: Caps, signal?: AbortSignal): Promise<Buffer> {
  const packed = reply.headers['content-encoding'] === 'gzip';
  const stream = packed ? reply.body.pipe(createGunzip()) : reply.body;
  // An error of the source does not travel through pipe().
  if (packed) reply.body.on('error', (error) => stream.destroy(error));
  const deadline = setTimeout(() => reply.body.destroy(tooSlow()), caps.bodyMs);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > caps.maxBytes)
        throw new EgressError('too_large', `The reply is larger than ${caps.maxBytes} bytes.`, { sent: true });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } catch (error) {
    reply.body.destroy();
    signal?.throwIfAborted();
    throw asBodyError(error);
  } finally {
    clearTimeout(deadline);
  }
}

const tooSlow = () => new EgressError('timeout', 'The reply took too long to arrive.', { sent: true });

function asBodyError(error: unknown): EgressError {
  if (error instanceof EgressError) return error;
  const code = (error as { code?: string }).code ?? '';
  if (code === 'UND_ERR_BODY_TIMEOUT') return tooSlow();
  if (code.startsWith('Z_'))
    return new EgressError('unreadable', 'The reply could not be unpacked.', { sent: true, cause: error });
  return new EgressError('interrupted', 'The connection broke in the middle of the reply.', {
    sent: true,
    cause: error,
  });
}
