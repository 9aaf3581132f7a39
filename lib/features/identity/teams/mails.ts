import type { Mail } from '@/lib/ports/mailer';

export const invitationMail = (
  to: string,
  { tenant, link, origin }: Record<'tenant' | 'link' | 'origin', string>,
): Mail => ({
  to,
  subject: `You are invited to ${tenant} on n8n Ops`,
  text: `Follow this link to join ${tenant}. It works for this address, within 7 days:\n\n${link}\n\n--\nn8n Ops, ${origin}\n`,
});
