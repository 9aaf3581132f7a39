import { z } from 'zod';
import { listQuery, pageOf } from '@/lib/core/schema';
import { CAPABILITIES } from '@/lib/ports/provider-probe';

/** An automation product that environments can be connected to. */
export const Provider = z
  .object({
    type: z.string(),
    name: z.string(),
    description: z.string(),
    /** What a connection needs, in form order. */
    connection: z.array(
      z.object({ field: z.enum(['baseUrl', 'apiKey']), label: z.string(), secret: z.boolean(), help: z.string() }),
    ),
    capabilities: z.array(z.enum(CAPABILITIES)),
  })
  .meta({ id: 'Provider' });

export const ListProviders = listQuery(['name'], 'name');
export const ProviderPage = pageOf(Provider);
export const ByType = z.object({ type: z.string().max(50) });
