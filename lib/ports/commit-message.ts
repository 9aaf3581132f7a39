/** Who a commit is by. Free text from accounts: made harmless before it reaches a commit. */
export type Author = { name: string; email: string };

/** What a commit says about its cause, as git trailers: the last paragraph of its message. */
export type Trailers = {
  /** Who acted: `user:<id>`, `api_key:<id>` or `system`. */
  actor: string;
  release?: string;
  deployment?: string;
};

const KEYS = { release: 'Release', deployment: 'Deployment', actor: 'Actor' } as const;
const MAX_MESSAGE = 10_000;
const MAX_LINE = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]+/g;

/** The whole text of a commit. Our trailers are the last paragraph, so none that a person typed are taken for them. */
export function formatMessage(message: string, trailers: Trailers): string {
  const text = message.replace(/\r\n?/g, '\n').replace(CONTROL, '').slice(0, MAX_MESSAGE).trim();
  const lines = Object.entries(KEYS).flatMap(([field, key]) => {
    const value = oneLine(trailers[field as keyof Trailers] ?? '');
    return value ? [`${key}: ${value}`] : [];
  });
  return `${text || 'Change'}\n\n${lines.join('\n')}\n`;
}

/** The reverse, for any commit: without a closing paragraph of trailers it has none. */
export function parseMessage(text: string): { subject: string; body: string; trailers: Partial<Trailers> } {
  const paragraphs = text.trim().split(/\n{2,}/);
  const last = paragraphs.length > 1 ? paragraphs.at(-1)!.split('\n') : [];
  const pairs = last.map((line) => /^([A-Za-z][A-Za-z0-9-]*): +(.+)$/.exec(line));
  const isTrailers = last.length > 0 && pairs.every((pair) => pair !== null);
  const trailers: Partial<Trailers> = {};
  for (const [field, key] of Object.entries(KEYS)) {
    const found = isTrailers && pairs.find((pair) => pair![1] === key);
    if (found) trailers[field as keyof Trailers] = found[2]!.trim();
  }
  const [subject = '', ...rest] = isTrailers ? paragraphs.slice(0, -1) : paragraphs;
  return { subject: subject.replace(/\n/g, ' '), body: rest.join('\n\n'), trailers };
}

/** A name and an address that every git takes: one line, no angle brackets, never only punctuation. */
export function safeAuthor({ name, email }: Author): Author {
  const plain = oneLine(name.replace(/[<>]/g, ''));
  const address = email.replace(/[\s<>]/g, '').slice(0, MAX_LINE);
  return {
    name: /[^\s.,:;"'\\]/.test(plain) ? plain : 'Unknown',
    email: /^[^@]+@[^@]+$/.test(address) ? address : 'unknown@n8n-ops.invalid',
  };
}

const oneLine = (text: string) => text.replace(CONTROL, '').replace(/\s+/g, ' ').trim().slice(0, MAX_LINE);
