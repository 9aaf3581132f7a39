import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { expect, test, vi } from 'vitest';
import { hashPassword, needsRehash, verifyPassword } from './password';

test('a password opens its own hash, however its accents were typed, and no other does', async () => {
  const hash = await hashPassword('pässwörd of mine');
  expect(await verifyPassword('pässwörd of mine'.normalize('NFD'), hash)).toBe(true);
  expect(await verifyPassword('passwörd of mine', hash)).toBe(false);
  expect(hash).not.toContain('mine');
});

test('a hash made at another strength still opens, and asks to be made again', async () => {
  const weaker = '$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$';
  const { scryptSync } = await import('node:crypto');
  const key = scryptSync('old but true', Buffer.from('saltsaltsaltsalt'), 32, { N: 2 ** 10, r: 8, p: 1 });
  const hash = weaker + key.toString('base64url');
  expect(await verifyPassword('old but true', hash)).toBe(true);
  expect(needsRehash(hash)).toBe(true);
  expect(needsRehash(await hashPassword('x'))).toBe(false);
});

test('nobody signs in without a hash, or with one that is not a hash', async () => {
  expect(await verifyPassword('anything', null)).toBe(false);
  expect(await verifyPassword('', '')).toBe(false);
  expect(await verifyPassword('anything', 'plaintext')).toBe(false);
});

test('an unknown person costs what a known one does: one derivation of the same strength', async () => {
  const hash = await hashPassword('known');
  await verifyPassword('so that nobody has a hash too', null);
  const derivation = vi.spyOn(crypto, 'scrypt');
  syncBuiltinESMExports();
  await verifyPassword('guess', hash);
  await verifyPassword('guess', null);
  const [known, unknown, ...more] = derivation.mock.calls.map(([, salt, bytes, options]) => {
    return { salt: (salt as Buffer).length, bytes, options };
  });
  derivation.mockRestore();
  syncBuiltinESMExports();
  expect(known).toBeDefined();
  expect(unknown).toEqual(known);
  expect(more).toEqual([]);
});
