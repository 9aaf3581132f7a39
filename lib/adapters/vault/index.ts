import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AppError } from '@/lib/core/errors';
import type { SealedPlace, SealedValue, Vault } from '@/lib/ports/vault';

const FORMAT = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Names a key by what it is, so that rotating always changes the name. */
const keyId = (key: Buffer) => createHash('sha256').update('n8nops-key-id').update(key).digest('hex').slice(0, 12);

/**
 * Envelope encryption with AES-256-GCM: a random data key per value, wrapped by the master key; both layers are bound
 * to tenant, kind and row. Rotation re-wraps the data key only.
 * `masterKeys`: 32 bytes each, the current one first, then those that may still open old values.
 */
export function createVault(masterKeys: readonly Buffer[]): Vault {
  const [current, ...previous] = masterKeys;
  if (!current) throw new Error('A vault needs a master key.');
  const keys = new Map([current, ...previous].map((key) => [keyId(key), key]));
  const currentKeyId = keyId(current);

  const unwrap = (value: SealedValue, place: SealedPlace): [dataKey: Buffer, ciphertext: Buffer] => {
    const master = keys.get(value.keyId);
    if (!master) throw unreadable(`No master key ${value.keyId} is configured. Was it removed before rotating?`);
    const [format, wrapped, ciphertext] = value.sealed.split('.');
    if (format !== FORMAT || !wrapped || !ciphertext) throw unreadable('Its format is not known.');
    return [decrypt(master, Buffer.from(wrapped, 'base64url'), place), Buffer.from(ciphertext, 'base64url')];
  };
  const wrap = (dataKey: Buffer, ciphertext: Buffer, place: SealedPlace): SealedValue => ({
    keyId: currentKeyId,
    sealed: [FORMAT, encrypt(current, dataKey, place).toString('base64url'), ciphertext.toString('base64url')].join(
      '.',
    ),
  });

  return {
    currentKeyId,
    seal(plaintext, place) {
      const dataKey = randomBytes(KEY_BYTES);
      return wrap(dataKey, encrypt(dataKey, Buffer.from(plaintext, 'utf8'), place), place);
    },
    open(value, place) {
      const [dataKey, ciphertext] = unwrap(value, place);
      return decrypt(dataKey, ciphertext, place).toString('utf8');
    },
    rewrap(value, place) {
      return wrap(...unwrap(value, place), place);
    },
  };
}

const bind = (place: SealedPlace) => Buffer.from(`${FORMAT}|${place.tenantId}|${place.kind}|${place.id}`);

function encrypt(key: Buffer, plaintext: Buffer, place: SealedPlace): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bind(place));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, place: SealedPlace): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES)).setAAD(bind(place));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw unreadable('It was sealed under another key, or for another row.', cause);
  }
}

const unreadable = (detail: string, cause?: unknown) =>
  new AppError('internal', `A stored secret does not open. ${detail}`, { code: 'secret_unreadable', cause });
