import { z } from 'zod';
import { operation } from '@/lib/kernel/operation';
import { Health, Liveness } from './schema';
import { assertHealthy } from './service';

const uptimeSeconds = () => Math.floor(process.uptime());

export const getLiveness = operation({
  name: 'health.live',
  summary: 'Whether the process answers; touches nothing',
  input: z.object({}),
  output: Liveness,
  status: 200,
  permission: 'public',
  effect: 'read',
  run: async () => ({ status: 'live' as const, uptimeSeconds: uptimeSeconds() }),
});

export const getReadiness = operation({
  name: 'health.ready',
  summary: 'Whether it can work: database, migrations, queue; 503 when not',
  input: z.object({}),
  output: Health,
  status: 200,
  permission: 'public',
  effect: 'read',
  run: async ({ platform }) => ({
    status: 'healthy' as const,
    uptimeSeconds: uptimeSeconds(),
    checks: await assertHealthy(platform),
  }),
});

export const getHealth = operation({
  name: 'health.get',
  summary: 'The same as ready, under the name that monitors look for',
  input: z.object({}),
  output: Health,
  status: 200,
  permission: 'public',
  effect: 'read',
  run: async ({ platform }) => ({
    status: 'healthy' as const,
    uptimeSeconds: uptimeSeconds(),
    checks: await assertHealthy(platform),
  }),
});
