import { ShownOnce } from '@/components/patterns/shown-once';

export type InvitationSent = { email: string; link: string; mailed: boolean };

/** The link of an invitation, in the moment it can be seen. */
export function InvitationLink({ sent: { email, link, mailed } }: { sent: InvitationSent }) {
  return (
    <ShownOnce label="Link" secret={link}>
      {mailed ? `It is on its way to ${email} too.` : `No mail was sent: hand it to ${email} yourself.`}
    </ShownOnce>
  );
}
