import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMailer } from '.';

const inbox: ParsedMail[] = [];
const server = new SMTPServer({
  onAuth: ({ username, password }, _session, done) =>
    username === 'ops' && password === 'right' ? done(null, { user: 'ops' }) : done(new Error('535 no')),
  onRcptTo: ({ address }, _session, done) =>
    address.startsWith('bounce') ? done(Object.assign(new Error('no such user'), { responseCode: 550 })) : done(),
  onData: (stream, _session, done) =>
    void simpleParser(stream).then((mail) => {
      inbox.push(mail);
      done();
    }, done),
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

const mailer = (password = 'right') => {
  const { port } = server.server.address() as AddressInfo;
  return createMailer({ url: `smtp://ops:${password}@127.0.0.1:${port}`, from: 'n8n Ops <ops@example.test>' });
};

test('a mail arrives as it was written, links unbroken', async () => {
  const link = `http://localhost:3000/reset-password#${'x'.repeat(120)}`;
  await mailer().send({ to: 'zoë@example.test', subject: 'Für Zoë', text: `Folge\n\n${link}\n` });
  expect(inbox.at(-1)).toMatchObject({ subject: 'Für Zoë', text: `Folge\n\n${link}\n` });
  expect(inbox.at(-1)?.from?.text).toContain('ops@example.test');
});

test('a header cannot be smuggled in by a subject', async () => {
  await mailer().send({ to: 'a@example.test', subject: 'Hi\r\nBcc: spy@example.test', text: 'x' });
  expect(inbox.at(-1)?.headers.has('bcc')).toBe(false);
});

test.each([
  ['the server refuses the recipient', () => mailer().send({ to: 'bounce@example.test', subject: 's', text: 't' })],
  ['the password is wrong', () => mailer('wrong').send({ to: 'a@example.test', subject: 's', text: 't' })],
  [
    'nobody listens',
    () =>
      createMailer({ url: 'smtp://127.0.0.1:1', from: 'a@b.test' }).send({ to: 'a@b.test', subject: 's', text: 't' }),
  ],
])('it is an upstream failure when %s, and names no password', async (_case, send) => {
  const error = await send().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ kind: 'upstream', code: 'mail_not_sent' });
  expect((error as Error).message).not.toMatch(/right|wrong/);
});
