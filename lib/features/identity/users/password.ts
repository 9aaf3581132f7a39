import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * scrypt at the strength OWASP recommends for 32 MB a hash. The parameters stand with each hash, so raising them here
 * changes new hashes at once and old ones at their next sign-in.
 */
const STRENGTH = { logN: 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const FORMAT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/;

type Strength = typeof STRENGTH;

/** `$scrypt$ln=,r=,p=$salt$key`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, STRENGTH);
  const { logN, r, p } = STRENGTH;
  return `$scrypt$ln=${logN},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Takes as long for a person who is unknown or has no password (`hash` null) as for anybody else. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parsed = parse(hash ?? (await nobody()));
  if (!parsed) return false;
  const key = await derive(password, parsed.salt, parsed.strength);
  return timingSafeEqual(key, parsed.key) && hash !== null;
}

/** Whether a hash was made at another strength than today's. */
export function needsRehash(hash: string): boolean {
  const strength = parse(hash)?.strength;
  return !strength || strength.logN !== STRENGTH.logN || strength.r !== STRENGTH.r || strength.p !== STRENGTH.p;
}

let nobodysHash: Promise<string> | undefined;
function nobody(): Promise<string> {
  nobodysHash ??= hashPassword(randomBytes(SALT_BYTES).toString('hex'));
  return nobodysHash;
}

function parse(hash: string): { strength: Strength; salt: Buffer; key: Buffer } | null {
  const [, logN, r, p, salt, key] = FORMAT.exec(hash) ?? [];
  if (!salt || !key) return null;
  const bytes = Buffer.from(key, 'base64url');
  if (bytes.length !== KEY_BYTES) return null;
  return {
    strength: { logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: bytes,
  };
}

function derive(password: string, salt: Buffer, { logN, r, p }: Strength): Promise<Buffer> {
  const N = 2 ** logN;
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    // The same characters may arrive composed or not, depending on the keyboard.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
