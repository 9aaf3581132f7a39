import { expect, test } from 'vitest';
import { literally, unstorableTexts } from './text';

const pathsIn = (input: unknown) => unstorableTexts(input).map(({ path }) => path);

test('a text that no column can hold is named, wherever a field of ours may be', () => {
  const input = {
    search: 'a\0',
    reason: '\ud800',
    fine: 'ä😀',
    tags: ['a', '\0'],
    preferences: { timeZone: '\udfff' },
  };
  expect(pathsIn(input)).toEqual(['search', 'reason', 'tags.1', 'preferences.timeZone']);
});

test('the JSON of a workflow and the bytes of a file are left alone', () => {
  const nodes = [{ name: '\0', parameters: { text: '\ud800' } }];
  expect(pathsIn({ workflow: { nodes }, files: [{ name: 'a.json', bytes: new Uint8Array([0]) }] })).toEqual([]);
});

test('what means something to LIKE is looked for as it is', () => {
  expect(literally('100%_sure\\')).toBe('100\\%\\_sure\\\\');
});
