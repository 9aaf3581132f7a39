import { expect, test } from 'vitest';
import { sameSettings } from './model';

const told = { settingsDigest: 'a', name: 'Orders', tags: ['shop', 'eu'], whole: true };
const listed = { ...told, settingsDigest: 'b', whole: false };

test('a description that only one side was told of makes no difference; a name and a tag do', () => {
  expect(sameSettings(told, listed)).toBe(true);
  expect(sameSettings(told, { ...listed, tags: ['eu', 'shop'] })).toBe(true);
  expect(sameSettings(told, { ...listed, name: 'Other' })).toBe(false);
  expect(sameSettings(told, { ...listed, tags: [] })).toBe(false);
  expect(sameSettings(told, { ...listed, whole: true })).toBe(false);
  expect(sameSettings({ ...told, whole: false }, listed)).toBe(false);
});
