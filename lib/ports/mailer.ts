export type Mail = { to: string; subject: string; text: string };

/** Sends plain text. Throws `upstream` when the server refuses or does not answer. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}
