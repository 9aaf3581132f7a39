import { EgressError, type EgressReply, parseJson } from '@/lib/adapters/egress';
import { ProviderError, type ProviderFailure } from '@/lib/ports/provider-error';

const MAX_MESSAGE = 300;
const SECRET_SHAPES = [
  /eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g,
  /(bearer|basic)\s+[\w.~+/=-]{8,}/gi,
  /([?&](?:key|token|api_?key|password)=)[^&\s]+/gi,
];

/** n8n's own words made fit to be shown: one short line without the key and without anything shaped like a secret. */
export function scrub(text: string, apiKey: string): string {
  let clean = apiKey ? text.replaceAll(apiKey, '•••') : text;
  for (const shape of SECRET_SHAPES)
    clean = clean.replace(shape, (_match, kept) => `${typeof kept === 'string' ? kept : ''}•••`);
  clean = clean.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return clean.length > MAX_MESSAGE ? `${clean.slice(0, MAX_MESSAGE - 1)}…` : clean;
}

/** n8n answers every refusal with `{message}`; whatever has none was not said by n8n's API. */
function messageOf(reply: EgressReply): string | null {
  try {
    const body = parseJson(reply.body);
    const message = (body as { message?: unknown } | null)?.message;
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
}

type Meaning = { failure: ProviderFailure; detail: string };

const NOT_N8N: Meaning = {
  failure: 'unreadable',
  detail:
    'Something answered at this address, but not in the way n8n’s API does. A login page or a proxy may stand in front of it.',
};

/** The status alone is never enough: proxies use the same ones, and n8n uses one for several things. */
function meaningOf(status: number, message: string | null): Meaning {
  if (status === 429) return { failure: 'rate_limited', detail: 'The instance asks for fewer requests.' };
  if (status >= 500) return { failure: 'unavailable', detail: `The instance failed to answer (status ${status}).` };
  if (message === null)
    return status === 413
      ? { failure: 'content_rejected', detail: 'The workflow is larger than the instance accepts.' }
      : NOT_N8N;
  if (/SQLITE_(ERROR|CONSTRAINT|BUSY)|database is locked/.test(message)) {
    return { failure: 'unavailable', detail: 'The instance’s database was busy with another write.' };
  }
  if (/licen[sc]e/i.test(message) && [401, 402, 403].includes(status)) {
    return { failure: 'not_licensed', detail: 'The instance’s edition does not include this.' };
  }
  switch (status) {
    case 401:
      return {
        failure: 'key_rejected',
        detail: 'The instance does not accept the API key: it is wrong, expired or was revoked.',
      };
    case 402:
    case 403:
      return { failure: 'not_permitted', detail: 'The API key is valid but may not do this.' };
    case 404:
      return missingMeaning(message);
    case 405:
      return { failure: 'unsupported', detail: 'This version of n8n cannot do this over its API.' };
    case 409:
      if (/try again/i.test(message))
        return { failure: 'busy', detail: 'The instance is still finishing an earlier change.' };
      return { failure: 'conflict', detail: 'The instance refused because something else stands in the way.' };
    case 400:
    case 413:
    case 415:
    case 422:
      return { failure: 'content_rejected', detail: 'The instance did not accept the content.' };
    default:
      return NOT_N8N;
  }
}

/** An unknown route says `not found`, a missing thing `Not Found` or `… not found`, a hidden one names the permission. */
function missingMeaning(message: string): Meaning {
  if (message === 'not found')
    return { failure: 'unsupported', detail: 'This version of n8n has no such operation, or its API is switched off.' };
  if (/permission/i.test(message)) return { failure: 'not_permitted', detail: 'The API key’s user may not do this.' };
  if (/not found$/i.test(message)) return { failure: 'not_found', detail: 'The instance has no such object.' };
  return NOT_N8N;
}

/** Seconds, from a number or a date; undefined when there is nothing usable. */
export function retryAfterSeconds(header: string | undefined, now = Date.now()): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

/** A write that met a server error may have happened: only reading back can tell. */
export function replyFailure(reply: EgressReply, context: { write: boolean; apiKey: string }): ProviderError {
  const message = messageOf(reply);
  const meaning = reply.status >= 300 && reply.status < 400 ? redirected() : meaningOf(reply.status, message);
  const failure = context.write && meaning.failure === 'unavailable' ? 'outcome_unknown' : meaning.failure;
  const said = message ? scrub(message, context.apiKey) : undefined;
  return new ProviderError(failure, said ? `${meaning.detail} n8n says: “${said}”` : meaning.detail, {
    providerMessage: said,
    retryAfter: retryAfterSeconds(reply.headers['retry-after']) ?? (failure === 'busy' ? 1 : undefined),
  });
}

const redirected = (): Meaning => ({
  failure: 'unreadable',
  detail: 'The address answers with a redirect. Enter the final address, with https:// where it has it.',
});

const TRANSPORT: Record<EgressError['reason'], ProviderFailure> = {
  invalid_address: 'address_refused',
  refused: 'address_refused',
  unreachable: 'unreachable',
  certificate: 'unreachable',
  timeout: 'timeout',
  interrupted: 'unreachable',
  too_large: 'unreadable',
  unreadable: 'unreadable',
};

/** A connection's failure; anything that is no such failure (the caller's abort) is handed through. */
export function transportFailure(error: unknown, context: { write: boolean }): unknown {
  if (!(error instanceof EgressError)) return error;
  const failure = context.write && error.sent ? 'outcome_unknown' : TRANSPORT[error.reason];
  return new ProviderError(failure, error.message, { cause: error });
}
