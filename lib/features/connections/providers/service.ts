import { AppError, invalidField, notFound } from '@/lib/core/errors';
import type { Ports } from '@/lib/ports/ports';
import type { ProviderKind } from '@/lib/ports/workflow-provider';

/** The registered product of this type. Throws `not_found` for one nobody has heard of. */
export function getProvider(ports: Ports, type: string): ProviderKind {
  const kind = ports.providers.get(type);
  if (!kind) throw notFound('provider');
  return kind;
}

/** The same for a choice in a form: then the field is what is wrong. */
export function chooseProvider(ports: Ports, type: string): ProviderKind {
  try {
    return getProvider(ports, type);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const known = [...ports.providers.keys()].join(', ');
    throw invalidField('provider', `There is no provider ${type}. Known: ${known}.`, 'unknown_provider');
  }
}
