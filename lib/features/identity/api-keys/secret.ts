import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * `n8nops_` + 32 random base62 characters (190 bits) + 6 characters of CRC-32. The checksum lets a scanner, and us,
 * tell a key from noise without asking the database. Only the SHA-256 is kept: the key itself is high entropy.
 */
const PREFIX = 'n8nops_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
/** How much of a key is shown later, to recognise it by. */
const SHOWN_LENGTH = PREFIX.length + 4;

export function mintApiKey(): { key: string; hash: string; prefix: string } {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const key = `${PREFIX}${random}${checksum(random)}`;
  return { key, hash: hashApiKey(key), prefix: key.slice(0, SHOWN_LENGTH) };
}

export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

export function isWellFormedApiKey(text: string): boolean {
  if (!text.startsWith(PREFIX) || text.length !== PREFIX.length + RANDOM_LENGTH + CHECKSUM_LENGTH) return false;
  const random = text.slice(PREFIX.length, -CHECKSUM_LENGTH);
  return checksum(random) === text.slice(-CHECKSUM_LENGTH);
}

function checksum(text: string): string {
  let value = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = ALPHABET[value % ALPHABET.length] + digits;
    value = Math.floor(value / ALPHABET.length);
  }
  return digits;
}
