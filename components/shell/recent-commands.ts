/** The last things opened from the palette, in this browser only. */
const KEY = 'recent-commands';
const KEPT = 5;

/** Ids of commands, latest first. Empty when storage is off or holds something else. */
export function recentCommands(): string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** Puts a command in front of the others. */
export function rememberCommand(id: string): void {
  const ids = [id, ...recentCommands().filter((other) => other !== id)].slice(0, KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // Storage is off or full: the palette works without a memory.
  }
}
