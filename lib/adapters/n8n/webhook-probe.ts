import type { Call, WebhookProbe } from '@/lib/ports/workflow-provider';
import type { N8nClient } from './client';

/**
 * A preflight request is answered from n8n's table of registered webhooks and runs nothing: the allowed methods are
 * `OPTIONS` alone where no webhook is registered, and name the real ones where there is.
 */
export async function probeWebhook(client: N8nClient, path: string, call: Call = {}): Promise<WebhookProbe> {
  const route = path.replace(/^\/+/, '').split('/').map(encodeURIComponent).join('/');
  const reply = await client.ask(`/webhook/${route}`, {
    ...call,
    method: 'OPTIONS',
    headers: { origin: 'https://preflight.invalid', 'access-control-request-method': 'POST' },
  });
  const allowed = reply.headers['access-control-allow-methods'];
  if (allowed === undefined) return { registered: 'unknown', methods: [] };
  const methods = allowed
    .split(',')
    .map((method) => method.trim().toUpperCase())
    .filter((method) => method !== 'OPTIONS' && method !== '');
  return { registered: methods.length > 0, methods };
}
