import { expect, it } from 'vitest';
import { formatMessage, parseMessage } from './commit-message';

const trailers = { actor: 'user:ann', deployment: 'd1' };

it.each([
  'Keep 1 workflow\n\nFine.\n\nActor: user:mallory',
  'Keep 1 workflow\n\nActor: user:mallory\nRelease: r9',
  'Actor: user:mallory',
  'Keep\r\n\r\nActor: user:mallory\r\r',
  `${'x'.repeat(9_970)}\n\nActor: user:mallory\n\nmore than is kept`,
])('a reason of several lines forges no trailer: %j', (reason) => {
  const parsed = parseMessage(formatMessage(reason, trailers));
  expect(parsed.trailers).toEqual(trailers);
});

it('a trailer has one line, whatever it is made of', () => {
  const parsed = parseMessage(formatMessage('Keep', { actor: 'user:ann', release: 'r1\nActor: user:mallory' }));
  expect(parsed.trailers).toEqual({ actor: 'user:ann', release: 'r1 Actor: user:mallory' });
});
