import { describe, expect, it } from 'vitest';
import { diffWorkflows } from '../diff/diff-workflows';
import { readWorkflow } from '../read/read-workflow';
import { describeChanges } from './describe-changes';
import { sentenceText } from './sentence';

const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const FIXED = 'k7Qw9zLm2RtY';

/** One request before and after. */
function sentence(before: object, after: object): string {
  const [old, now] = [before, after].map((parameters) => {
    const node = { id: 'n1', name: 'Ask', type: 'n8n-nodes-base.httpRequest', typeVersion: 4, position: [0, 0] };
    return readWorkflow({ name: 'Orders', nodes: [{ ...node, parameters }], connections: {} }).workflow!;
  });
  return describeChanges(diffWorkflows(old!, now!), now!).map(sentenceText).join('; ');
}

const header = (value: string) => ({ headerParameters: { parameters: [{ name: 'X-Api-Key', value }] } });

describe('a sentence about a change never repeats a secret', () => {
  it.each<[string, object, object]>([
    ['a token that shows in a text', { note: 'none' }, { note: `use ${TOKEN}` }],
    ['a fixed value under the name of a secret', { apiKey: 'Old4Value9Q' }, { apiKey: FIXED }],
    ['a fixed header', header('Old4Value9Q'), header(FIXED)],
    ['a key in a query', { url: 'https://a.test/x?token=Old4Value9Q' }, { url: `https://a.test/y?token=${FIXED}` }],
    ['a password in an address', { url: 'https://a.test/x' }, { url: `https://me:${FIXED}@a.test/x` }],
    ['one that comes inside a new collection', {}, { options: { password: FIXED } }],
  ])('%s', (_, before, after) => {
    const said = sentence(before, after);
    expect(said).toContain('Ask');
    for (const secret of [TOKEN, FIXED, 'Old4Value9Q']) expect(said).not.toContain(secret);
  });

  it('and what stands around it is still told', () => {
    expect(sentence({ url: 'https://a.test/x' }, { url: `https://b.test/x?token=${FIXED}` })).toBe(
      'Ask now reads from b.test instead of a.test',
    );
    expect(sentence({ apiKey: '={{ $vars.key }}' }, { apiKey: FIXED })).toBe(
      'The api key of Ask is ••••••, was {{ $vars.key }}',
    );
  });
});
