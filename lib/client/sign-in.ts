/** Why somebody was not let in; `null` when they were. Codes are next-auth's and our own. */
export type SignInRefusal = string | null;

/** Proves who somebody is: by password, or by the token of a link. On success the session cookie is set. */
export async function signIn(method: 'password' | 'link', fields: Record<string, string>): Promise<SignInRefusal> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
  const response = await fetch(`/api/auth/callback/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...fields, csrfToken, json: 'true', callbackUrl: '/' }),
  });
  const answer = (await response.json()) as { url?: string; code?: string };
  if (!answer.url) return answer.code ?? 'failed';
  return new URL(answer.url, location.origin).searchParams.get('error');
}

/** Leaves for an outside provider, which sends the person back. */
export async function signInOutside(provider: string, next: string): Promise<void> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
  const response = await fetch(`/api/auth/signin/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ csrfToken, json: 'true', callbackUrl: next }),
  });
  const { url } = (await response.json()) as { url: string };
  location.assign(url);
}

/** Ends this session, here and in the database, and stays on the page. */
export async function endOwnSession(): Promise<void> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
  await fetch('/api/auth/signout', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ csrfToken, json: 'true', callbackUrl: '/sign-in' }),
  });
}

/** Ends this session and leaves for the sign-in page. */
export async function signOut(): Promise<void> {
  await endOwnSession();
  location.assign('/sign-in');
}
