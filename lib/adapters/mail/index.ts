import { createTransport } from 'nodemailer';
import { upstream } from '@/lib/core/errors';
import type { Mailer } from '@/lib/ports/mailer';

const TIMEOUT_MS = 10_000;

/**
 * Mail over SMTP. `url` is `smtp://user:password@host:port` or `smtps://…`; on a plain port TLS is used as soon as the
 * server offers it.
 */
export function createMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    async send({ to, subject, text }) {
      try {
        await transport.sendMail({ from, to, subject, text });
      } catch (cause) {
        throw upstream('The mail server did not take the message.', { code: 'mail_not_sent', cause });
      }
    },
  };
}
