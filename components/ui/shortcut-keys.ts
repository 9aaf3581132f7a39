/**
 * Matching of key sequences. A shortcut is written as people read it: `g w` (one after the other), `/`, `?`,
 * `mod+k` (⌘ on Apple, Ctrl elsewhere).
 */
export type KeyStroke = { key: string; metaKey: boolean; ctrlKey: boolean; altKey: boolean };

/** One stroke in the notation of shortcuts; empty for what can never be one (a lone modifier, Alt). */
export function strokeName({ key, metaKey, ctrlKey, altKey }: KeyStroke): string {
  if (altKey || key.length === 0 || ['Shift', 'Meta', 'Control', 'Alt', 'Dead'].includes(key)) return '';
  const name = key.length === 1 ? key.toLowerCase() : key;
  return metaKey || ctrlKey ? `mod+${name}` : name;
}

/** What a stroke does to the sequence typed so far: a shortcut is complete, one may follow, or nothing begins with it. */
export function advance(
  pending: string,
  stroke: string,
  shortcuts: readonly string[],
): { complete: string | null; pending: string } {
  for (const sequence of pending ? [`${pending} ${stroke}`, stroke] : [stroke]) {
    if (shortcuts.includes(sequence)) return { complete: sequence, pending: '' };
    if (shortcuts.some((shortcut) => shortcut.startsWith(`${sequence} `))) return { complete: null, pending: sequence };
  }
  return { complete: null, pending: '' };
}

/** Whether a sequence works without a modifier, so that it can be switched off and must not fire while typing. */
export function isSingleKey(shortcut: string): boolean {
  return !shortcut.startsWith('mod+');
}
