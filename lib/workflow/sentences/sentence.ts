/** What a piece of a sentence is: plain words, the subject, or the old or new value. */
export type SentenceRole = 'plain' | 'name' | 'before' | 'after';

/** A piece of a sentence with one role, so that a page can draw it. */
export interface SentencePart {
  readonly role: SentenceRole;
  readonly text: string;
}

/** One sentence, in pieces; no full stop at its end. */
export type Sentence = readonly SentencePart[];

/** The sentence as plain text. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map((part) => part.text).join('');
}

/** The name of a node or of another subject. */
export function name(text: string): SentencePart {
  return { role: 'name', text };
}

/** An old value, which a page may strike out; never what has become of it. */
export function was(text: string): SentencePart {
  return { role: 'before', text };
}

/** A new value, or what has become of the subject. */
export function now(text: string): SentencePart {
  return { role: 'after', text };
}

/** Builds a sentence from a template; text that is interpolated without a role is plain. */
export function say(words: TemplateStringsArray, ...parts: readonly (SentencePart | string)[]): Sentence {
  const sentence: SentencePart[] = [];
  words.forEach((text, index) => {
    if (text !== '') sentence.push({ role: 'plain', text });
    const part = parts[index];
    if (part !== undefined && part !== '')
      sentence.push(typeof part === 'string' ? { role: 'plain', text: part } : part);
  });
  return sentence;
}
