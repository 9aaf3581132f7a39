import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Claims = { email: string; email_verified: boolean; name: string };

/**
 * A certified OpenID provider on a port of its own. It insists on PKCE and signs in whoever the query of its one page
 * names, so that a test can be anybody.
 */
export async function startOpenIdProvider(options: {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  people: Record<string, Claims>;
}): Promise<{ issuer: string; close(): void }> {
  const { default: Provider } = await import('oidc-provider');
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = {
    client_id: options.clientId,
    client_secret: options.clientSecret,
    redirect_uris: [options.redirectUri],
    grant_types: ['authorization_code'],
    response_types: ['code'],
  };
  const provider = new Provider(issuer, {
    clients: [client],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: async (_context: unknown, id: string) => {
      const person = options.people[id];
      return person && { accountId: id, claims: async () => ({ sub: id, ...person }) };
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ['for tests'] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  provider.use(async (context, next) => {
    if (!context.path.startsWith('/interaction/')) return next();
    const { params } = await provider.interactionDetails(context.req, context.res);
    const accountId = String(context.query.as);
    const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
    grant.addOIDCScope(String(params.scope));
    const result = { login: { accountId }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(context.req, context.res, result, { mergeWithLastSubmission: false });
    context.respond = false;
  });
  server.on('request', provider.callback());
  return { issuer, close: () => void server.close() };
}

/** Walks from the provider's page as `person` and answers where it sends the browser back to. */
export async function approve(authorizationUrl: string, person: string): Promise<URL> {
  const jar = new Map<string, string>();
  let url = new URL(authorizationUrl);
  const { origin } = url;
  for (let hop = 0; hop < 8 && url.origin === origin; hop += 1) {
    if (url.pathname.startsWith('/interaction/')) url.searchParams.set('as', person);
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split(/=(.*)/s);
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (!location) throw new Error(`${response.status} at ${url}: ${(await response.text()).slice(0, 300)}`);
    url = new URL(location, url);
  }
  return url;
}
