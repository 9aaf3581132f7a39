import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createVault } from './index';

const KEY = randomBytes(32);
const PLACE = { tenantId: 'tenant', kind: 'n8n-api-key', id: 'row' };
const SECRET = 'n8n_api_planted secret ✓';
const vault = createVault([KEY]);

test('what was sealed opens again, and looks different each time', () => {
  const [one, two] = [vault.seal(SECRET, PLACE), vault.seal(SECRET, PLACE)];
  expect(vault.open(one, PLACE)).toBe(SECRET);
  expect(two.sealed).not.toBe(one.sealed);
  expect(vault.open(vault.seal('', PLACE), PLACE)).toBe('');
});

test('the sealed form holds neither the secret nor the key', () => {
  const { sealed, keyId } = vault.seal(SECRET, PLACE);
  const bytes = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
  for (const needle of [Buffer.from(SECRET), KEY]) {
    expect(bytes.some((part) => part.includes(needle))).toBe(false);
  }
  expect(keyId).not.toContain(KEY.toString('hex').slice(0, 12));
});

describe('a value that was moved does not open:', () => {
  test.each([
    ['to another tenant', { ...PLACE, tenantId: 'other' }],
    ['to another kind', { ...PLACE, kind: 'git-token' }],
    ['to another row', { ...PLACE, id: 'other' }],
  ])('%s', (_name, place) => {
    const sealed = vault.seal(SECRET, PLACE);
    expect(() => vault.open(sealed, place)).toThrow(/does not open/);
    expect(() => vault.rewrap(sealed, place)).toThrow(/does not open/);
  });
});

test('a flip of any bit is noticed', () => {
  const { sealed, keyId } = vault.seal('short', PLACE);
  const [format, ...parts] = sealed.split('.');
  for (const [index, part] of parts.entries()) {
    const bytes = Buffer.from(part, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const changed = parts.with(index, flipped.toString('base64url'));
      expect(() => vault.open({ sealed: [format, ...changed].join('.'), keyId }, PLACE)).toThrow(/does not open/);
    }
  }
});

test.each(['', 'v1', 'v1..', 'v2.a.b', 'v1.AAAA.AAAA'])('noise like %j is refused in the same words', (sealed) => {
  expect(() => vault.open({ sealed, keyId: vault.currentKeyId }, PLACE)).toThrow(/A stored secret does not open/);
});

describe('rotation', () => {
  const NEXT = randomBytes(32);

  test('old values open while the old key stands behind the new one, and re-wrapped ones without it', () => {
    const old = vault.seal(SECRET, PLACE);
    const rotating = createVault([NEXT, KEY]);
    expect(rotating.open(old, PLACE)).toBe(SECRET);
    const moved = rotating.rewrap(old, PLACE);
    expect(moved.keyId).toBe(rotating.currentKeyId);
    expect(createVault([NEXT]).open(moved, PLACE)).toBe(SECRET);
    expect(() => createVault([NEXT]).open(old, PLACE)).toThrow(/No master key/);
    expect(() => vault.open(moved, PLACE)).toThrow(/No master key/);
  });

  test('re-wrapping a thousand values while they are read fails no read', () => {
    const rotating = createVault([NEXT, KEY]);
    const place = (row: number) => ({ ...PLACE, id: `row ${row}` });
    const rows = Array.from({ length: 1_000 }, (_, row) => vault.seal(`${SECRET} ${row}`, place(row)));
    let opened = 0;
    for (const [row, value] of rows.entries()) {
      rows[row] = rotating.rewrap(value, place(row));
      const other = (row * 7_919) % rows.length;
      if (rotating.open(rows[other]!, place(other)) === `${SECRET} ${other}`) opened += 1;
    }
    expect(opened).toBe(1_000);
    expect(rows.every(({ keyId }) => keyId === rotating.currentKeyId)).toBe(true);
  });
});

test('a vault without a key is not made', () => {
  expect(() => createVault([])).toThrow();
});
