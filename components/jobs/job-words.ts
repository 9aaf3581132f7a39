/** How each kind of background work is called on a page; a kind without words shows its own name. */
const WORDS: Record<string, string> = {
  'environment-sync': 'Refresh',
};

export const jobInWords = (type: string): string => WORDS[type] ?? type;
