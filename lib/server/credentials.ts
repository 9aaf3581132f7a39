import { env } from '@/lib/env';
import type { Client } from '@/lib/kernel/context';
import { peerAddress } from './peer-address';
import type { Credentials } from './principal';

type HeaderReader = { get(name: string): string | null };

/** `__Host-` needs https; a loopback origin without it gets the plain name. */
export const sessionCookieName = (): string =>
  env().appOrigin.startsWith('https:') ? '__Host-n8nops-session' : 'n8nops-session';

export function readCredentials(headers: HeaderReader): Credentials {
  const authorization = headers.get('authorization');
  return {
    bearer: authorization && /^Bearer\s+/i.test(authorization) ? authorization.replace(/^Bearer\s+/i, '').trim() : null,
    sessionToken: readCookie(headers.get('cookie'), sessionCookieName()),
    tenant: headers.get('x-tenant'),
  };
}

function readCookie(header: string | null, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return decode(value.join('='));
  }
  return null;
}

/** A cookie that is no percent-encoding is none of ours. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The address is the socket's own, or a trusted proxy's word for it: boot.ts sees to that. */
export function readClient(headers: HeaderReader): Client {
  return { ip: peerAddress(headers), userAgent: headers.get('user-agent')?.slice(0, 300) ?? null };
}
