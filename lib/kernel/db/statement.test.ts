import { expect, test } from 'vitest';
import { statement } from './statement';

test('a value stays a value, whatever it holds', () => {
  const hostile = "x'; DROP TABLE users; --";
  expect(statement`SELECT ${hostile}`.text).toBe("SELECT 'x''; DROP TABLE users; --'");
  expect(statement`SELECT ${'back\\slash'}`.text).toBe("SELECT  E'back\\\\slash'");
  expect(statement`SELECT ${null}::text`.text).toBe('SELECT NULL::text');
});

test('a NUL, which would cut the message short, is refused', () => {
  expect(() => statement`SELECT ${'a\0b'}`).toThrow('NUL');
});
