import { hoursInWords } from '@/components/drift/drift-words';
import { APPROVABLE_WORDS } from '@/components/incidents/incident-words';
import type { DriftPolicy } from '@/lib/features/drift/drift-policies/schema';

/** The values of a policy, without what the server adds. */
export type PolicyValues = Omit<DriftPolicy, 'template' | 'version' | 'updatedAt'>;
export type PolicyField = keyof PolicyValues;

const daysInWords = (days: number): string => (days === 0 ? 'for ever' : days === 1 ? '1 day' : `${days} days`);
const listInWords = (words: readonly string[]): string => (words.length === 0 ? 'nothing' : words.join(', '));

/** How each field is called on a page. */
export const FIELD_WORDS: Record<PolicyField, string> = {
  checkIntervalSeconds: 'Looks every',
  incidentsIn: 'Opens incidents in',
  unmanagedIsDrift: 'Workflows nobody approved count as drift',
  criticalHours: 'Critical: due within',
  highHours: 'High: due within',
  mediumHours: 'Medium: due within',
  lowHours: 'Low: due within',
  warningHours: 'Warns before that',
  blockOnDrift: 'Drift stops promotions at once',
  blockOnExpired: 'Overdue drift stops promotions',
  approvalFor: 'Takes a second person',
  approvalHours: 'An approval holds for',
  notifyOnDetection: 'Tells when drift is found',
  notifyOnExpiry: 'Tells when it is overdue',
  checkDays: 'Keeps checks',
  incidentDays: 'Keeps closed incidents',
  approvalDays: 'Keeps approvals',
};

/** A value of a policy, said. */
export function valueInWords(field: PolicyField, values: PolicyValues): string {
  switch (field) {
    case 'checkIntervalSeconds':
      return values[field] % 60 === 0 ? `${values[field] / 60} min` : `${values[field]} s`;
    case 'incidentsIn':
      return listInWords(values[field]);
    case 'approvalFor':
      return listInWords(values[field].map((action) => APPROVABLE_WORDS[action].toLowerCase()));
    case 'checkDays':
    case 'incidentDays':
    case 'approvalDays':
      return daysInWords(values[field]);
    case 'warningHours':
      return values[field] === 0 ? 'never' : hoursInWords(values[field]);
    case 'criticalHours':
    case 'highHours':
    case 'mediumHours':
    case 'lowHours':
    case 'approvalHours':
      return hoursInWords(values[field]);
    default:
      return values[field] ? 'yes' : 'no';
  }
}
