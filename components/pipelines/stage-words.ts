import type { Stage } from '@/lib/features/delivery/pipelines/schema';

/** Who has to agree before anything goes through a stage. */
export function approvalInWords({ requireApproval, approvers, target }: Stage): string {
  if (!requireApproval) return target.class === 'production' ? 'no approval; an admin starts it' : 'no approval';
  const names = approvers.map(({ name }) => name);
  return names.length === 0 ? 'approved by an admin' : `approved by ${names.join(', ')} or an admin`;
}

/** `dev lab → production eu-main` as plain text, for choices and accessible names. */
export const stageInWords = ({ source, target }: Pick<Stage, 'source' | 'target'>): string =>
  `${source.name} (${source.class}) → ${target.name} (${target.class})`;
