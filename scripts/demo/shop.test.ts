import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeCredentials, requests, workflows } from './shop.ts';

const folder = join(import.meta.dirname, 'workflows');
const read = (key: string) => readFileSync(join(folder, `${key}.json`), 'utf8');
const referencesIn = (text: string) =>
  [...text.matchAll(/"((?:workflow|credential):[a-z-]+)"/g)].map((match) => match[1]);

it('every workflow of the demo stands in the list, once', () => {
  const files = readdirSync(folder).map((file) => file.replace('.json', ''));
  expect(workflows.map(({ key }) => key).sort()).toEqual(files.sort());
});

it('a workflow refers only to credentials and to workflows made before it', () => {
  const known = new Set(makeCredentials().map(({ key }) => `credential:${key}`));
  for (const { key } of workflows) {
    for (const reference of referencesIn(read(key))) expect(known, key).toContain(reference);
    known.add(`workflow:${key}`);
  }
});

it('a connection leads from a node to a node', () => {
  for (const { key } of workflows) {
    const { nodes, connections } = JSON.parse(read(key));
    const names = nodes.map(({ name }: { name: string }) => name);
    const targets = JSON.stringify(connections).matchAll(/"node":"([^"]+)"/g);
    expect(names, key).toEqual(
      expect.arrayContaining([...Object.keys(connections), ...[...targets].map((match) => match[1])]),
    );
  }
});

it('every request calls a webhook that one of the workflows answers', () => {
  const all = workflows.map(({ key }) => read(key)).join();
  for (const { path } of requests) expect(all).toContain(`"path": "${path.split('?')[0]}"`);
});
