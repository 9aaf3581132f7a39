import type { Mail } from '@/lib/ports/mailer';

const close = (origin: string) => `\n\n--\nn8n Ops, ${origin}\n`;

export const signInLink = (to: string, link: string, origin: string): Mail => ({
  to,
  subject: 'Your link to n8n Ops',
  text: `Follow this link to sign in. It works once, within 15 minutes:\n\n${link}\n\nYou did not ask for it? Then nothing needs doing.${close(origin)}`,
});

export const signUpLink = (to: string, link: string, origin: string): Mail => ({
  to,
  subject: 'Finish your n8n Ops account',
  text: `Follow this link to choose a password. It works once, within a day:\n\n${link}\n\nYou did not ask for it? Then nothing needs doing.${close(origin)}`,
});

export const alreadyRegistered = (to: string, origin: string): Mail => ({
  to,
  subject: 'You have an n8n Ops account',
  text: `Somebody wanted to make an account with this address, and there is one already. Sign in at ${origin}/sign-in; a forgotten password can be replaced there.${close(origin)}`,
});

export const passwordResetLink = (to: string, link: string, origin: string): Mail => ({
  to,
  subject: 'A new password for n8n Ops',
  text: `Follow this link to choose a new password. It works once, within an hour:\n\n${link}\n\nYou did not ask for it? Your password stays as it is.${close(origin)}`,
});

export const addressChanged = (to: string, newAddress: string, origin: string): Mail => ({
  to,
  subject: 'Your n8n Ops address was changed',
  text: `Your account now uses ${newAddress}. Was it not you? Tell an admin at once.${close(origin)}`,
});
