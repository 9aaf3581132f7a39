export const MIN_PASSWORD = 12;

const WORDS = /^(password|passwort|letmein|welcome|administrator|iloveyou|n8nops|changeme|secret)/;
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  '01234567890123456789',
];

/** What a guesser tries first among long passwords: few different characters, rows of keys, a common word plus digits. */
export function isGuessable(password: string): boolean {
  const plain = password.toLowerCase();
  if (new Set(plain).size < 5) return true;
  if (ROWS.some((row) => row.includes(plain) || [...row].reverse().join('').includes(plain))) return true;
  return WORDS.test(plain) && /^[a-z]+[\d\W_]*$/.test(plain) && plain.replace(/[^a-z]/g, '').length < 14;
}
