import { describe, expect, it } from 'vitest';
import { curlOf } from './curl';
import { type ApiOperation, findOperation, findOperations } from './document';

const ORIGIN = 'https://ops.example.com';
const everything = findOperations('').flatMap(([, operations]) => operations);

const bodyOf = (call: string) => /-d '([\s\S]*)'$/.exec(call)?.[1]?.replaceAll("'\\''", "'");

describe('a call for a terminal', () => {
  it.each(everything.map((operation) => [operation.id, operation] as const))(
    '%s: names its address and sends JSON that parses',
    (_, operation) => {
      const call = curlOf(operation, ORIGIN);
      expect(call).toContain(`'${ORIGIN}${operation.path}`);
      if (operation.body?.media === 'application/json') expect(JSON.parse(bodyOf(call) ?? '')).toBeTypeOf('object');
    },
  );

  it('asks for a key where one is taken, and for none where anybody may call', () => {
    expect(curlOf(findOperation('team.list') as ApiOperation, ORIGIN)).toContain('Authorization: Bearer');
    expect(curlOf(findOperation('auth.status') as ApiOperation, ORIGIN)).not.toContain('Authorization');
  });

  it('is not ended by a quote in its example', () => {
    const body = {
      media: 'application/json',
      schema: { properties: { name: { default: "it's" } }, required: ['name'] },
    };
    const operation: ApiOperation = { ...(findOperation('team.list') as ApiOperation), method: 'POST', body };
    expect(JSON.parse(bodyOf(curlOf(operation, ORIGIN)) ?? '')).toEqual({ name: "it's" });
  });
});

describe('the search', () => {
  it('wants every word, in whatever part of the operation', () => {
    const ids = findOperations('post teams:write').flatMap(([, operations]) => operations.map(({ id }) => id));
    expect(ids).toEqual([]);
    expect(findOperations('post team:write invite').flatMap(([, found]) => found.map(({ id }) => id))).toContain(
      'team.invite',
    );
  });
});
