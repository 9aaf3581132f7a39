import { z } from 'zod';

const Check = z.object({ ok: z.boolean(), detail: z.string() });

export const Liveness = z.object({ status: z.literal('live'), uptimeSeconds: z.number().int() });
export const Health = z
  .object({
    status: z.literal('healthy'),
    uptimeSeconds: z.number().int(),
    checks: z.object({ database: Check, migrations: Check, queue: Check }),
  })
  .meta({ id: 'Health' });
export type Checks = z.infer<typeof Health>['checks'];
