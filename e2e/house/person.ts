import { type BrowserContextOptions, request } from '@playwright/test';
import { JsonApi } from '../../scripts/demo/http.ts';
import { api, house } from './house.ts';

/** Somebody with a session: how they sign in, and the cookies of one browser of theirs. */
export interface SignedIn {
  email: string;
  password: string;
  state: Exclude<BrowserContextOptions['storageState'], string | undefined>;
}

/** Signs in as the sign-in page does. Five attempts per account in a quarter of an hour are all there are. */
export async function signIn(email: string, password: string): Promise<SignedIn> {
  const origin = house().origin;
  const context = await request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } });
  try {
    const { csrfToken } = await (await context.get('/api/auth/csrf')).json();
    const answer = await context.post('/api/auth/callback/password', {
      data: { email, password, csrfToken, json: 'true' },
    });
    if (!answer.ok()) throw new Error(`${email} was not let in: ${answer.status()} ${await answer.text()}`);
    return { email, password, state: await context.storageState() };
  } finally {
    await context.dispose();
  }
}

/** Invites somebody in the name of the key's maker, makes their account by the link, and signs them in. */
export async function joinByInvitation(
  apiKey: string,
  { name, email, role }: { name: string; email: string; role: string },
): Promise<SignedIn> {
  const { link } = await api(apiKey).post<{ link: string }>('/teams', { email, role });
  const password = `${name} walks the harbour at dawn`;
  const invitation = new URL(link).hash.slice(1);
  const context = await request.newContext({ baseURL: house().origin });
  const answer = await context.post('/api/v1/auth/sign-up', { data: { name, email, password, invitation } });
  const said = await answer.text();
  await context.dispose();
  if (!answer.ok()) throw new Error(`${email} could not make an account: ${answer.status()} ${said}`);
  return signIn(email, password);
}

/** Makes an organisation as the onboarding page does. */
export async function onboard({ state }: SignedIn, name: string): Promise<{ slug: string }> {
  const origin = house().origin;
  const context = await request.newContext({ baseURL: origin, extraHTTPHeaders: { origin }, storageState: state });
  try {
    const answer = await context.post('/api/v1/auth/onboarding', { data: { name } });
    if (!answer.ok()) throw new Error(`${name} was not made: ${answer.status()} ${await answer.text()}`);
    return await answer.json();
  } finally {
    await context.dispose();
  }
}

/** The API as somebody with a session, in one of their organisations. */
export function apiAs({ state }: SignedIn, tenant: string): JsonApi {
  const { origin } = house();
  const cookies = typeof state === 'string' ? [] : state.cookies;
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return new JsonApi(`${origin}/api/v1`, { cookie, origin, 'x-tenant': tenant });
}
