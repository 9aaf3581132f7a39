import { describe, expect, it } from 'vitest';
import { readSort, writeSort } from './use-list-state';

describe('the sort in the URL', () => {
  it.each(['name', '-updatedAt'])('%s survives being read and written', (text) =>
    expect(writeSort(readSort(text))).toBe(text),
  );
});
