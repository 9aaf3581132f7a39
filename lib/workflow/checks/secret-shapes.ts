/** Tokens that give themselves away by their form, wherever they stand. */
const TOKENS: readonly (readonly [name: string, shape: RegExp])[] = [
  ['private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
  ['OpenAI or Anthropic key', /\bsk-(?:proj-|ant-|or-v1-)?[A-Za-z0-9_-]{20,}/],
  ['Stripe key', /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/],
  ['GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})/],
  ['GitLab token', /\bglpat-[\w-]{20,}/],
  ['Slack token', /\bxox[abeprs]-[A-Za-z0-9-]{10,}/],
  ['Slack webhook', /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{16,}/],
  ['AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['Google API key', /\bAIza[\w-]{35}/],
  ['SendGrid key', /\bSG\.[\w-]{16,32}\.[\w-]{32,64}/],
  ['Telegram bot token', /\b\d{8,10}:[\w-]{35}\b/],
  ['Hugging Face token', /\bhf_[A-Za-z0-9]{30,}/],
  ['JSON Web Token', /\beyJ[\w-]{8,400}\.eyJ[\w-]{8,4000}\.[\w-]{8}/],
  ['password in a URL', /\bhttps?:\/\/[^\s/:@{}'"]+:[^\s/@{}'"]{4,}@[\w.-]/],
];
const NAME =
  /^(?:proxy-)?authorization$|^cookie$|api[-_ ]?key|(?:^|[-_ ]|access|auth|bearer)(?:token|secret|password|passwd)$/i;
const NAMED_IN_TEXT =
  /[?&"'](?:api[-_]?key|access[-_]?token|auth[-_]?token|token|secret|password|client[-_]?secret)(?:=|["']\s*:\s*["'])([^&"'\s{}$<>]{8,})/i;
const PLACEHOLDER =
  /your|xxx|\*\*\*|\.\.\.|<|example|placeholder|change.?me|insert|dummy|replace|enter|todo|sample|test.?key|my[-_ ]|^(.)\1+$/i;

/** Whether a header, query parameter or field of this name carries a secret. */
export const isSecretName = (name: string): boolean => NAME.test(name);

/** What kind of secret a text holds in plain sight; `undefined` when none shows. Placeholders are no secrets. */
export function secretInText(text: string): string | undefined {
  for (const [name, shape] of TOKENS) {
    const found = shape.exec(text);
    if (found && !PLACEHOLDER.test(found[0])) return name;
  }
  const named = NAMED_IN_TEXT.exec(text);
  return named && !PLACEHOLDER.test(named[1]!) ? 'secret in a text' : undefined;
}

/** Whether a fixed value under a secret's name is one: long enough, not computed, not a placeholder. */
export function isSecretValue(value: string): boolean {
  const fixed = value.replace(/^=?\s*(?:Bearer|Basic|Token|Bot)?\s+|^=/i, '');
  return fixed.length >= 8 && !/\{\{|\$[\w({]/.test(value) && !PLACEHOLDER.test(fixed) && !/\s/.test(fixed.trim());
}

const HIDDEN = '••••••';

/** The text with every secret that shows in it hidden; what is around it stays. */
export function withoutSecrets(text: string): string {
  const hide = (found: string): string => {
    if (PLACEHOLDER.test(found)) return found;
    const [scheme, host] = [/^https?:\/\//i.exec(found)?.[0], found.lastIndexOf('@')];
    return scheme && host > 0 ? `${scheme}${HIDDEN}${found.slice(host)}` : HIDDEN;
  };
  const hideNamed = (found: string, value: string): string =>
    PLACEHOLDER.test(value) ? found : found.slice(0, -value.length) + HIDDEN;
  const clear = TOKENS.reduce((rest, [, shape]) => rest.replace(new RegExp(shape, 'g'), hide), text);
  return clear.replace(new RegExp(NAMED_IN_TEXT, 'gi'), hideNamed);
}

/** The same for the value of a field or header of this name: a fixed one under a secret's name is hidden whole. */
export const withoutSecretOf = (name: string, value: string): string =>
  isSecretName(name) && isSecretValue(value) ? HIDDEN : withoutSecrets(value);
