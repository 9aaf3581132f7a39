import type { Mail } from '@/lib/ports/mailer';
import type { Severity } from '../drift-policies/model';

/** What an incident is told about: that it is there, that it is due soon, that it is overdue. */
export const NOTICES = ['detected', 'warned', 'expired'] as const;
export type Notice = (typeof NOTICES)[number];

const SUBJECTS: Record<Notice, string> = { detected: 'Drift', warned: 'Due soon', expired: 'Overdue' };
type Told = { title: string; severity: Severity; dueAt: Date; link: string; origin: string };

export const incidentMail = (to: string, notice: Notice, { title, severity, dueAt, link, origin }: Told): Mail => ({
  to,
  subject: `${SUBJECTS[notice]}: ${title}`,
  text: `${title}.\n\nSeverity: ${severity}\nDue: ${dueAt.toISOString().slice(0, 16).replace('T', ' ')} UTC\n\nWhat differs, and what can be done:\n${link}\n\n--\nn8n Ops, ${origin}\n`,
});
