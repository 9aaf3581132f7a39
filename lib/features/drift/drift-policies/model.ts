/** How bad it would be if a difference stayed. What an incident's due time follows from. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Environments that are held to an approved state at all. */
export const TRACKED_CLASSES = ['staging', 'production'] as const;
/** What a policy can ask a second person for. */
export const APPROVABLE_ACTIONS = ['acknowledge', 'extend', 'resolve'] as const;
export type ApprovableAction = (typeof APPROVABLE_ACTIONS)[number];

/** How a tenant deals with drift. Hours count from detection, or from when it became that grave; days of retention: 0 keeps for ever. */
export type Policy = {
  checkIntervalSeconds: number;
  incidentsIn: (typeof TRACKED_CLASSES)[number][];
  unmanagedIsDrift: boolean;
  criticalHours: number;
  highHours: number;
  mediumHours: number;
  lowHours: number;
  warningHours: number;
  blockOnDrift: boolean;
  blockOnExpired: boolean;
  approvalFor: ApprovableAction[];
  approvalHours: number;
  notifyOnDetection: boolean;
  notifyOnExpiry: boolean;
  checkDays: number;
  incidentDays: number;
  approvalDays: number;
};

const STANDARD: Policy = {
  checkIntervalSeconds: 300,
  incidentsIn: ['staging', 'production'],
  unmanagedIsDrift: false,
  criticalHours: 24,
  highHours: 48,
  mediumHours: 72,
  lowHours: 168,
  warningHours: 24,
  blockOnDrift: false,
  blockOnExpired: true,
  approvalFor: ['extend'],
  approvalHours: 72,
  notifyOnDetection: true,
  notifyOnExpiry: true,
  checkDays: 180,
  incidentDays: 365,
  approvalDays: 365,
};

const STRICT: Policy = {
  ...STANDARD,
  unmanagedIsDrift: true,
  criticalHours: 4,
  highHours: 12,
  mediumHours: 24,
  lowHours: 24,
  warningHours: 2,
  blockOnDrift: true,
  approvalFor: ['acknowledge', 'extend', 'resolve'],
  approvalHours: 48,
};

const RELAXED: Policy = {
  ...STANDARD,
  incidentsIn: ['production'],
  criticalHours: 72,
  highHours: 168,
  mediumHours: 168,
  lowHours: 168,
  blockOnExpired: false,
  approvalFor: [],
  approvalHours: 168,
};

export const TEMPLATE_KEYS = ['strict', 'standard', 'relaxed'] as const;
export type TemplateKey = (typeof TEMPLATE_KEYS)[number];
type Template = { name: string; description: string; policy: Policy };

/** Starting points; a tenant that never chose has `standard`. */
export const TEMPLATES: Record<TemplateKey, Template> = {
  strict: {
    name: 'Strict',
    description: 'Any drift stops promotions, also workflows that nobody approved. Every step takes a second person.',
    policy: STRICT,
  },
  standard: {
    name: 'Standard',
    description:
      'Drift opens an incident; promotions stop when it is not dealt with in time. More time takes a second person.',
    policy: STANDARD,
  },
  relaxed: {
    name: 'Relaxed',
    description: 'Incidents in production only, and nothing stops because of them.',
    policy: RELAXED,
  },
};

const isSame = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((item) => b.includes(item)) : a === b;

/** The template that a policy is, value by value; null when it is none of them. */
export const templateOf = (policy: Policy): TemplateKey | null =>
  TEMPLATE_KEYS.find((key) =>
    (Object.keys(STANDARD) as (keyof Policy)[]).every((field) => isSame(policy[field], TEMPLATES[key].policy[field])),
  ) ?? null;

const HOURS = {
  critical: 'criticalHours',
  high: 'highHours',
  medium: 'mediumHours',
  low: 'lowHours',
} as const satisfies Record<Severity, keyof Policy>;

/** When an incident that was detected then has to be dealt with. */
export const dueAt = (policy: Policy, severity: Severity, detectedAt: Date): Date =>
  new Date(detectedAt.getTime() + policy[HOURS[severity]] * 3_600_000);

/** The graver one. */
export const graver = (a: Severity, b: Severity): Severity => (SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b);

export const gravest = (severities: Iterable<Severity>): Severity => [...severities].reduce(graver, 'low');
