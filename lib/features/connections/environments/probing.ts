import { invalid, invalidField } from '@/lib/core/errors';
import type { TenantContext } from '@/lib/kernel/context';
import type { ProbeReport } from '@/lib/ports/provider-probe';
import type { ProviderConnection } from '@/lib/ports/workflow-provider';
import { chooseProvider } from '../providers/service';
import { hintOf, mayBeAway, sameOrigin, statusAfter, toConnectionTest } from './observation';
import type { ConnectionProblem, ConnectionTest } from './schema';
import { describing, openKey } from './service';
import { type EnvironmentRow, getEnvironmentRow, newSecretId, SECRET_KIND } from './store';

type Asking = Pick<TenantContext, 'ports' | 'signal'>;
/** Null when the instance was away and the caller saves it all the same. */
type Seen = { report: ProbeReport; problem: null } | { report: null; problem: ConnectionProblem };

/** Asks an instance what it is and what works there. What it finds is the answer; nothing is thrown for it. */
export async function test(ctx: Asking, provider: string, connection: ProviderConnection): Promise<ConnectionTest> {
  const kind = chooseProvider(ctx.ports, provider);
  return toConnectionTest(await kind.connect(connection).probe({ signal: ctx.signal }));
}

/**
 * Asks before something is saved. A wrong key or address is refused with the field to correct; an instance that is
 * only away may be saved by those who say so.
 */
export async function mustAnswer(
  ctx: Asking,
  provider: string,
  connection: ProviderConnection,
  { saveUnreachable = false },
): Promise<Seen> {
  const probe = await chooseProvider(ctx.ports, provider).connect(connection).probe({ signal: ctx.signal });
  if (probe.ok) return { report: probe.report, problem: null };
  const { failure, field, detail } = probe.problem;
  const problem = { code: failure, field, detail };
  if (!mayBeAway(failure)) throw invalid(detail, [{ path: field ?? 'baseUrl', message: detail }], { code: failure });
  if (saveUnreachable) return { report: null, problem };
  const hint = `${detail} Send saveUnreachable to save it all the same.`;
  throw invalid(hint, [{ path: field ?? 'baseUrl', message: detail }], { code: failure });
}

/** What the row says after such a question. */
export function observed(seen: Seen) {
  const now = new Date();
  const axis = { connectionSince: now, connectionCheckedAt: now };
  if (seen.report) return { ...axis, connectionStatus: 'connected', ...describing(seen.report) };
  return { ...axis, connectionStatus: statusAfter(seen.problem.code), connectionProblem: seen.problem };
}

/** Seals a key for a row of its own. */
export function sealKey(ctx: Pick<TenantContext, 'ports' | 'tenant'>, apiKey: string) {
  const id = newSecretId();
  const value = ctx.ports.vault.seal(apiKey, { tenantId: ctx.tenant.id, kind: SECRET_KIND, id });
  return { id, value, hint: hintOf(apiKey) };
}

/** The connection to try: what was typed, completed by what is saved. A saved key never goes to another host. */
export async function completeConnection(
  ctx: Pick<TenantContext, 'ports' | 'tx'>,
  input: { environmentId?: string; baseUrl?: string; apiKey?: string },
): Promise<ProviderConnection> {
  if (!input.environmentId) {
    if (!input.baseUrl) throw invalidField('baseUrl', 'The address of the instance is needed.');
    if (!input.apiKey) throw invalidField('apiKey', 'The API key of the instance is needed.');
    return { baseUrl: input.baseUrl, apiKey: input.apiKey };
  }
  const row = await ctx.tx((db) => getEnvironmentRow(db, input.environmentId!, 'environmentId'));
  const baseUrl = input.baseUrl ?? row.baseUrl;
  if (input.apiKey) return { baseUrl, apiKey: input.apiKey };
  assertKeyStays(row, baseUrl);
  return { baseUrl, apiKey: await openKey(ctx, row) };
}

/** Another host must not be handed a key that was entrusted for this one. */
export function assertKeyStays(row: EnvironmentRow, baseUrl: string): void {
  if (sameOrigin(row.baseUrl, baseUrl)) return;
  throw invalidField('apiKey', 'The address has another host, so the API key is needed again.', 'key_needed_again');
}
