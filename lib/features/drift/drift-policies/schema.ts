import { z } from 'zod';
import { Timestamp } from '@/lib/core/schema';
import { APPROVABLE_ACTIONS, TEMPLATE_KEYS, TRACKED_CLASSES } from './model';

const Hours = z.number().int().min(1).max(8_760);
/** 0 keeps for ever. */
const Days = z.number().int().min(0).max(36_500);

const values = {
  checkIntervalSeconds: z.number().int().min(60).max(86_400),
  incidentsIn: z.array(z.enum(TRACKED_CLASSES)).max(TRACKED_CLASSES.length),
  unmanagedIsDrift: z.boolean(),
  criticalHours: Hours,
  highHours: Hours,
  mediumHours: Hours,
  lowHours: Hours,
  warningHours: z.number().int().min(0).max(8_760),
  blockOnDrift: z.boolean(),
  blockOnExpired: z.boolean(),
  approvalFor: z.array(z.enum(APPROVABLE_ACTIONS)).max(APPROVABLE_ACTIONS.length),
  approvalHours: Hours,
  notifyOnDetection: z.boolean(),
  notifyOnExpiry: z.boolean(),
  checkDays: Days,
  incidentDays: Days,
  approvalDays: Days,
};

/** `template` is null once a value differs from all of them. */
export const DriftPolicy = z
  .object({
    ...values,
    template: z.enum(TEMPLATE_KEYS).nullable(),
    version: z.number().int(),
    updatedAt: Timestamp.nullable(),
  })
  .meta({ id: 'DriftPolicy' });
export type DriftPolicy = z.infer<typeof DriftPolicy>;

const TWICE = 'One of them stands twice.';
const isDistinct = (words: readonly string[]): boolean => new Set(words).size === words.length;

/** A template is taken first, then the values that are given; what is left out stays. */
export const UpdateDriftPolicy = z
  .strictObject({
    template: z.enum(TEMPLATE_KEYS),
    ...values,
    incidentsIn: values.incidentsIn.refine(isDistinct, TWICE),
    approvalFor: values.approvalFor.refine(isDistinct, TWICE),
  })
  .partial()
  .refine(isOrdered, {
    path: ['criticalHours'],
    message: 'A graver incident cannot have more time than a lesser one.',
  });

type Given = { criticalHours?: number; highHours?: number; mediumHours?: number; lowHours?: number };

/** As far as one request says it; the whole is asked again when it is put together. */
export function isOrdered({ criticalHours, highHours, mediumHours, lowHours }: Given): boolean {
  const given = [criticalHours, highHours, mediumHours, lowHours].filter((hours) => hours !== undefined);
  return given.every((hours, at) => at === 0 || given[at - 1]! <= hours);
}

export const DriftPolicyTemplates = z.object({
  items: z.array(
    z.object({ key: z.enum(TEMPLATE_KEYS), name: z.string(), description: z.string(), policy: z.object(values) }),
  ),
});
