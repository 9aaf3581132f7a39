import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { UploadedFile } from '@/lib/core/files';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { newEnvironment, refresh } from '../environment.fixture';
import { ScriptedInstance, sampleDocument } from '../instance.fixture';
import { readArchive } from './archive-reading';
import { downloadWorkflows, uploadWorkflows } from './file-operations';
import { listWorkflows } from './operations';
import { zipOf } from './zip.fixture';

let instance = new ScriptedInstance();
const registry = new Map([['n8n', { ...instance.kind, connect: () => instance.provider }]]);
const kernel: Kernel = openHouse({ ports: { providers: registry } });
let tenant: TestTenant;
let environmentId: string;

beforeAll(async () => {
  tenant = await newTenant(kernel);
});
beforeEach(async () => {
  instance = new ScriptedInstance();
  environmentId = await newEnvironment(kernel, tenant, `lab ${Math.random()}`);
  instance.forget();
});
afterAll(() => closeHouse(kernel));

const file = (name: string, content: unknown): UploadedFile => ({
  name,
  contentType: 'application/json',
  bytes: Buffer.isBuffer(content)
    ? content
    : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
});
const created = async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  return (await viewer(listWorkflows, { environmentId })).items.map(({ name }) => name);
};

test('each file has its own result, and what could be read is created', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const archive = zipOf([
    { name: 'two.json', content: JSON.stringify(sampleDocument('Two')) },
    { name: 'readme.txt', content: 'hello' },
  ]);
  const { name: _, ...nameless } = sampleDocument('');
  const files = [
    file('one.json', { ...sampleDocument('One'), id: 'kept?', active: true }),
    file('more.zip', archive),
    file('Named by its file.json', nameless),
  ];
  const result = await developer(uploadWorkflows, { environmentId, files });
  expect(result).toMatchObject({
    created: 3,
    failed: 1,
    results: [
      { file: 'one.json', status: 'created', workflow: { name: 'One', active: false } },
      { file: 'more.zip/two.json', status: 'created' },
      { file: 'more.zip/readme.txt', status: 'failed', error: { code: 'unparsable' } },
      { file: 'Named by its file.json', status: 'created', workflow: { name: 'Named by its file' } },
    ],
  });
  expect(await created()).toEqual(['Named by its file', 'One', 'Two']);
  expect([...instance.workflows.keys()]).not.toContain('kept?');
});

test('an upload in which nothing is a workflow is refused whole, naming each file', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const files = [file('a.json', '{'), file('b.json', { nodes: 'x' }), file('c.json', '[]')];
  await expect(developer(uploadWorkflows, { environmentId, files })).rejects.toMatchObject({
    kind: 'invalid',
    errors: [{ path: 'files' }, { path: 'files' }, { path: 'files' }],
  });
  expect(instance.calls).toEqual([]);
});

test('a hostile archive creates nothing, though a good file stands beside it', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const files = [
    file('good.json', sampleDocument('Good')),
    file('bad.zip', zipOf([{ name: '../x.json', content: '{}' }])),
  ];
  await expect(developer(uploadWorkflows, { environmentId, files })).rejects.toMatchObject({ code: 'broken_archive' });
  expect(instance.calls).toEqual([]);
});

test('when the instance goes away the rest is not tried, and the result says so for each', async () => {
  const developer = await as(kernel, tenant, 'developer');
  instance.broken.set('createWorkflow', 'unreachable');
  const files = ['a', 'b', 'c'].map((name) => file(`${name}.json`, sampleDocument(name)));
  const result = await developer(uploadWorkflows, { environmentId, files });
  expect(result).toMatchObject({ created: 0, failed: 3 });
  expect(result.results.every(({ error }) => error?.code === 'unreachable')).toBe(true);
  expect(instance.calls).toEqual(['createWorkflow']);
});

test('uploads go to dev alone', async () => {
  const production = await newEnvironment(kernel, tenant, `live ${Math.random()}`, 'production');
  const admin = await as(kernel, tenant, 'admin');
  const files = [file('a.json', sampleDocument('A'))];
  await expect(admin(uploadWorkflows, { environmentId: production, files })).rejects.toMatchObject({ kind: 'blocked' });
});

test('a download holds every present workflow under a name each system takes', async () => {
  instance.add('Same');
  instance.add('Same');
  instance.add('../a:b/c');
  await refresh(kernel, tenant, environmentId);
  const viewer = await as(kernel, tenant, 'viewer');
  const { filename, body } = await viewer(downloadWorkflows, { environmentId });
  expect(filename).toMatch(/^lab-.*-workflows\.zip$/);
  const files = await readArchive(new Uint8Array(await new Response(body as ReadableStream).arrayBuffer()));
  expect(files.map(({ path }) => path).sort()).toEqual(['-a-b-c.json', 'Same (2).json', 'Same.json']);
  expect(JSON.parse(files[0]!.bytes.toString())).toMatchObject({ nodes: [{ name: 'Receive' }, { name: 'Ask' }] });
});
