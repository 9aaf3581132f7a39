import { z } from 'zod';
import { operation } from '@/lib/kernel/operation';
import { TEMPLATE_KEYS, TEMPLATES } from './model';
import { DriftPolicy, DriftPolicyTemplates, UpdateDriftPolicy } from './schema';
import { readPolicy, updatePolicy } from './store';

export const getDriftPolicy = operation({
  name: 'driftPolicy.get',
  summary: 'How the organisation deals with drift',
  input: z.object({}),
  output: DriftPolicy,
  status: 200,
  permission: 'drift-policy:read',
  effect: 'read',
  run: (ctx) => ctx.tx(readPolicy),
});

export const updateDriftPolicy = operation({
  name: 'driftPolicy.update',
  summary: 'Change how the organisation deals with drift, or take a template',
  description: 'Open incidents keep the due time they have; the new one counts from the next that is opened.',
  input: UpdateDriftPolicy,
  output: DriftPolicy,
  status: 200,
  permission: 'drift-policy:write',
  effect: 'write',
  audit: 'drift-policy.updated',
  run: (ctx, input) =>
    ctx.tx(async (db) => {
      const { before, after } = await updatePolicy(db, input, ctx.ifMatch);
      db.audit({ details: { before, after } });
      db.emit({ type: 'drift-policy.changed' });
      return after;
    }),
});

export const listDriftPolicyTemplates = operation({
  name: 'driftPolicy.templates',
  summary: 'Starting points for a policy',
  input: z.object({}),
  output: DriftPolicyTemplates,
  status: 200,
  permission: 'drift-policy:read',
  effect: 'read',
  run: async () => ({ items: TEMPLATE_KEYS.map((key) => ({ key, ...TEMPLATES[key] })) }),
});
