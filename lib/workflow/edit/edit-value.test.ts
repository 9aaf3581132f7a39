import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holds } from '../fixtures/property';
import type { Json, JsonObject, JsonPath } from '../model';
import { valueAt } from '../references/path';
import { editValue } from './edit-value';

const FORMATTED = '{ "a": [1,  {"b" : "x\\"}y", "c":null }],\n\t"d":"e" }';

it('a value inside JSON text is replaced without touching a character around it', () => {
  expect(editValue({ text: FORMATTED }, [{ path: ['text', 'a', 1, 'b'], value: 'z' }])).toEqual({
    text: FORMATTED.replace('"x\\"}y"', '"z"'),
  });
});

it('a key removed from JSON text takes exactly one comma along, wherever it stands', () => {
  const without = (text: string, path: JsonPath) =>
    (editValue({ text }, [{ path: ['text', ...path], value: undefined }]) as JsonObject).text;
  expect(without('{"a":1, "b":2}', ['a'])).toBe('{"b":2}');
  expect(without('{"a":1, "b":2}', ['b'])).toBe('{"a":1}');
  expect(without('{"a":1}', ['a'])).toBe('{}');
  expect(without('[1,[2],3]', [1])).toBe('[1,3]');
});

it('edits of one JSON text are made together: values replaced, keys taken out, texts inside it edited', () => {
  const inner = JSON.stringify({ id: 'c1', name: 'One' });
  const text = `{ "a": 1, "b": [1, 2, 3], "c": 3, "inner": ${JSON.stringify(inner)} }`;
  const edits = [
    { path: ['text', 'a'], value: undefined },
    { path: ['text', 'b', 1], value: 'two' },
    { path: ['text', 'b', 2], value: undefined },
    { path: ['text', 'c'], value: undefined },
    { path: ['text', 'inner', 'id'], value: 'c2' },
  ];
  const after = JSON.stringify(inner.replace('c1', 'c2'));
  expect(editValue({ text }, edits)).toEqual({ text: `{ "b": [1, "two"], "inner": ${after} }` });
});

it('thousands of edits of one text take time in proportion to it', () => {
  const items = Array.from({ length: 20_000 }, (_, index) => `item${index}`);
  const text = JSON.stringify(items);
  const inJson = items.map((_, index) => ({ path: ['text', index], value: 'x' }));
  const inText = items.map((_, index) => ({ path: ['ids'], span: [index * 2, index * 2 + 1] as const, value: 'bb' }));
  const start = performance.now();
  expect(editValue({ text }, inJson)).toEqual({ text: JSON.stringify(items.fill('x')) });
  expect(editValue({ ids: 'a,'.repeat(20_000) }, inText)).toEqual({ ids: 'bb,'.repeat(20_000) });
  expect(performance.now() - start).toBeLessThan(15_000);
});

it('several spans of one string are replaced as they stood', () => {
  const edits = [
    { path: ['ids'], span: [0, 2] as const, value: 'longer' },
    { path: ['ids'], span: [3, 5] as const, value: 'x' },
  ];
  expect(editValue({ ids: 'aa,bb' }, edits)).toEqual({ ids: 'longer,x' });
});

it('an edit whose path leads nowhere, or through a broken text, changes nothing', () => {
  const root = { a: { b: 1 }, broken: '{"a":' };
  for (const path of [
    ['x', 'y'],
    ['a', 'b', 'c'],
    ['broken', 'a'],
  ])
    expect(editValue(root, [{ path, value: 2 }])).toBe(root);
});

it('in any JSON text, the value at any path becomes the new one and every other stays', () => {
  const paths = (value: Json, path: JsonPath = []): JsonPath[] =>
    typeof value !== 'object' || value === null
      ? [path]
      : [
          path,
          ...Object.entries(value).flatMap(([key, item]) =>
            paths(item as Json, [...path, Array.isArray(value) ? Number(key) : key]),
          ),
        ];
  holds(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), fc.constantFrom(0, 1, 2), (value, pick, indent) => {
      const document = { root: value } as Json;
      const found = paths(document).slice(1);
      const path = found[pick % found.length]!;
      const text = JSON.stringify(document, null, indent);
      const edited = editValue({ text }, [{ path: ['text', ...path], value: '☃' }]);
      expect(valueAt(edited, ['text', ...path])).toBe('☃');
      expect(JSON.parse((edited as { text: string }).text)).toEqual(
        editValue(JSON.parse(text), [{ path, value: '☃' }]),
      );
    }),
  );
});
