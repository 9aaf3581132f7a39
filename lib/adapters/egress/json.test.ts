import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EgressError } from './egress-error';
import { jsonDepth, MAX_JSON_DEPTH, parseJson } from './json';

const nested = (depth: number) => Buffer.from('['.repeat(depth) + ']'.repeat(depth));

it('a reply is parsed up to the depth limit and refused one level deeper', () => {
  expect(parseJson(nested(MAX_JSON_DEPTH))).toBeInstanceOf(Array);
  expect(() => parseJson(nested(MAX_JSON_DEPTH + 1))).toThrow(EgressError);
});

it('a million brackets are refused without building them', () => {
  const before = performance.now();
  expect(() => parseJson(nested(1_000_000))).toThrow(EgressError);
  expect(performance.now() - before).toBeLessThan(10_000);
});

it('brackets and quotes inside strings do not count as nesting', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  const longTexts = fc.array(fc.string({ unit: fc.constantFrom('"', '\\', '[', '}', 'x'), maxLength: 90 }));
  const values = fc.oneof(fc.jsonValue(), longTexts);
  fc.assert(
    fc.property(values, (value) => jsonDepth(Buffer.from(JSON.stringify(value))) === depthOf(value)),
    {
      numRuns: 1_000,
    },
  );
});

it('truncated JSON is unreadable', () => {
  expect(() => parseJson(Buffer.from('{"data":[{"id":"a"'))).toThrow(EgressError);
});
