import { describe, expect, it } from 'vitest';
import { valueInWords } from './binding-words';
import { draftOf, readValue } from './draft';

describe('a binding being filled in', () => {
  it('comes back as it was declared', () => {
    const values = [
      { keep: true as const },
      { n8nId: '7', name: 'Shop API' },
      { node: 'Fetch', path: ['parameters', 'rows', 0, 'url'], type: 'text' as const, value: 'https://shop.example' },
      { node: 'Fetch', path: ['parameters', 'limit'], type: 'number' as const, value: 5 },
    ];
    for (const value of values) {
      const kind = 'node' in value ? 'parameter' : 'credential';
      expect(readValue(draftOf({ kind, requirement: 'x', value }))).toEqual({ value });
    }
    expect(readValue(draftOf({ kind: 'variable', value: { name: 'HOST' } }))).toEqual({ value: { name: 'HOST' } });
  });

  it('says what it still needs', () => {
    expect(readValue(draftOf({ kind: 'credential' }))).toEqual({ missing: 'Choose what is used there.' });
    expect(readValue(draftOf({ kind: 'variable' }))).toEqual({ missing: 'Name the variable.' });
    expect(readValue(draftOf({ kind: 'parameter' }))).toEqual({ missing: 'Name the node.' });
  });

  it('refuses text that is not of the parameter’s type', () => {
    const parameter = { ...draftOf({ kind: 'parameter' }), node: 'Fetch', path: 'parameters/limit' };
    for (const [type, text] of [
      ['number', 'many'],
      ['number', ' '],
      ['boolean', 'yes'],
      ['json', '{'],
    ] as const) {
      expect(readValue({ ...parameter, type, text })).toEqual({ missing: `This is not of the type ${type}.` });
    }
  });
});

describe('what is used instead, in words', () => {
  it('is a name or the value itself', () => {
    expect(valueInWords({ keep: true })).toBe('the same as in the source');
    expect(valueInWords({ n8nId: '1', name: 'Shop' })).toBe('Shop');
    expect(valueInWords({ node: 'n', path: ['parameters', 'a'], type: 'json', value: { a: 1 } })).toBe('{"a":1}');
  });
});
