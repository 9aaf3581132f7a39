import type { JWT, JWTOptions } from 'next-auth/jwt';
import { SESSION_LIFETIME_MS } from '@/lib/features/identity/sessions/model';
import { endSession, findSession, startSession } from '@/lib/features/identity/sessions/service';
import { sessionCookieName } from '../credentials';
import { type AuthRequest, platformFor } from './request';

/** What next-auth carries between its callbacks instead of a token's claims. None of it reaches the browser. */
type Carried = JWT & { method?: string; sessionToken?: string };

/**
 * next-auth believes that it writes a JWT; what it gets to write is the random id of a `sessions` row, and reading it
 * means reading the row. So a cookie says nothing by itself, and a deleted row ends it.
 */
export const sessionRows = (request: AuthRequest): Pick<JWTOptions, 'encode' | 'decode'> => ({
  async encode({ token }) {
    const { sub, email, method, sessionToken } = (token ?? {}) as Carried;
    if (sessionToken) return sessionToken;
    if (!sub) throw new Error('A session needs a person.');
    return begin(request, { id: sub, email: email ?? sub }, method ?? 'unknown');
  },
  async decode({ token }) {
    if (!token) return null;
    const found = await findSession(request.kernel.database, token);
    return found && { sub: found.user.id, name: found.user.name, email: found.user.email, sessionToken: token };
  },
});

function begin(request: AuthRequest, user: { id: string; email: string }, method: string): Promise<string> {
  return platformFor(request, { type: 'user', id: user.id, label: user.email }).tx(async (db) => {
    // Whoever signs in again in the same browser leaves no older session behind.
    if (request.sessionToken) await endSession(db, request.sessionToken);
    db.audit({
      action: 'session.started',
      target: { type: 'user', id: user.id, label: user.email },
      details: { method },
    });
    return startSession(db, { userId: user.id, method, ...request.client });
  });
}

/** Ends the session that a sign-out came with. */
export async function endCarriedSession(request: AuthRequest, token: JWT | null | undefined): Promise<void> {
  const { sub, email, sessionToken } = (token ?? {}) as Carried;
  if (!sub || !sessionToken) return;
  const user = { id: sub, label: email ?? sub };
  await platformFor(request, { type: 'user', ...user }).tx(async (db) => {
    await endSession(db, sessionToken);
    db.audit({ action: 'session.ended', target: { type: 'user', ...user } });
  });
}

export const SESSION_SECONDS = SESSION_LIFETIME_MS / 1000;

export const sessionCookie = (secure: boolean) => ({
  name: sessionCookieName(),
  options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure },
});
