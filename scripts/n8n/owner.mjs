/** The account that a throw-away n8n is set up with. */
export const OWNER = { email: 'owner@example.test', firstName: 'Demo', lastName: 'Owner', password: 'Demo-Passw0rd' };

const TIMEOUT_MS = 20_000;

/** One request to n8n; `json` is undefined while it answers anything else, as it does until it is ready. */
export async function call(baseUrl, method, route, { body, headers = {} } = {}) {
  const reply = await fetch(baseUrl + route, {
    method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await reply.text();
  const cookie = reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return { status: reply.status, json: parse(text), text, cookie };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const keyWorks = async (baseUrl, key) =>
  (await call(baseUrl, 'GET', '/api/v1/workflows?limit=1', { headers: { 'X-N8N-API-KEY': key } })).status === 200;

/**
 * Readiness turns 200 before the routes are mounted: until then they answer a page, afterwards JSON that refuses.
 * @param {string} baseUrl
 */
export async function isReady(baseUrl) {
  try {
    if ((await call(baseUrl, 'GET', '/healthz/readiness')).status !== 200) return false;
    const routes = await Promise.all(['/rest/login', '/api/v1/workflows'].map((route) => call(baseUrl, 'GET', route)));
    return routes.every(({ status, json }) => status === 401 && json !== undefined);
  } catch {
    return false;
  }
}

/**
 * Sets up the owner, or signs in where that was done before, and makes an API key with every scope there is.
 * @param {string} baseUrl
 * @returns {Promise<string>} the key
 */
export async function makeKey(baseUrl) {
  const setup = await call(baseUrl, 'POST', '/rest/owner/setup', { body: OWNER });
  const login = { emailOrLdapLoginId: OWNER.email, password: OWNER.password };
  const session = setup.status === 200 ? setup : await call(baseUrl, 'POST', '/rest/login', { body: login });
  if (session.status !== 200)
    throw new Error(
      `n8n did not take its owner: ${setup.status}, then ${session.status} ${session.text.slice(0, 200)}`,
    );
  const headers = { cookie: session.cookie };
  const scopes = (await call(baseUrl, 'GET', '/rest/api-keys/scopes', { headers })).json?.data;
  const body = { label: `n8n Ops ${new Date().toISOString()}`, scopes, expiresAt: null };
  const made = await call(baseUrl, 'POST', '/rest/api-keys', { headers, body });
  const key = made.json?.data?.rawApiKey;
  if (!key || !(await keyWorks(baseUrl, key)))
    throw new Error(`n8n gave no working API key: ${made.status} ${made.text.slice(0, 200)}`);
  return key;
}
