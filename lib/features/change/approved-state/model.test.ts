import { describe, expect, it } from 'vitest';
import { isWritablePath } from '@/lib/ports/snapshot-changes';
import type { Changes } from '@/lib/ports/snapshot-store';
import plain from '@/lib/workflow/fixtures/order-intake.json';
import type { Workflow } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { actorTrailer, authorOf } from './author';
import {
  type ApprovedWorkflow,
  approve,
  describeWorkflow,
  fileNameOf,
  judgeApprovedState,
  placeOf,
  readApprovedWorkflow,
  readManifest,
  toApprovedFile,
  writeApprovedWorkflow,
} from './model';

const ORDERS = { id: '019a8a4e-3f00-7000-8000-0000a1b2c3d4', slug: 'order-intake' };
const REFUNDS = { id: '019a8a4e-3f00-7000-8000-0000deadbeef', slug: 'refunds' };
const read = (json: object) => readWorkflow(json).workflow as Workflow;
const orders = read(plain);
const approved = (more: Partial<ApprovedWorkflow> = {}): ApprovedWorkflow => ({
  lineage: ORDERS,
  n8nId: 'n8n-1',
  workflow: orders,
  ...more,
});
const refunds = approved({ lineage: REFUNDS, n8nId: null, workflow: read({ ...plain, name: 'Refunds' }) });

/** What a repository holds after changes. */
function after(changes: Changes, before: ReadonlyMap<string, Uint8Array> = new Map()): Map<string, Uint8Array> {
  const files = new Map(before);
  for (const [path, bytes] of changes) {
    if (bytes) files.set(path, bytes);
    else files.delete(path);
  }
  return files;
}
function save(
  workflows: ApprovedWorkflow[],
  scope: 'these' | 'all' = 'these',
  before: ReadonlyMap<string, Uint8Array> = new Map(),
) {
  const standing = before.get(MANIFEST_PATH);
  const files = workflows.map(toApprovedFile);
  return after(approve(standing ? readManifest(standing) : null, { environment: 'dev', files, scope }), before);
}

/** What `dev` has approved, given all files of a repository. */
function readAll(repository: ReadonlyMap<string, Uint8Array>) {
  const manifest = readManifest(repository.get(MANIFEST_PATH)!)!;
  const workflows = new Map<string, Workflow>();
  const files = [...repository].flatMap(([path, bytes]) => {
    const { environment, file } = placeOf(path) ?? {};
    if (environment !== 'dev' || !file) return [];
    const workflow = readApprovedWorkflow(bytes);
    if (workflow) workflows.set(file, workflow);
    const ids = manifest.workflows[file] ?? { lineageId: null, n8nId: null };
    return [[file, workflow && describeWorkflow(workflow, ids)] as const];
  });
  return { ...judgeApprovedState('dev', manifest, new Map(files)), manifest, workflows };
}

const ORDERS_PATH = 'environments/dev/workflows/order-intake-a1b2c3d4.json';
const REFUNDS_PATH = 'environments/dev/workflows/refunds-deadbeef.json';
const MANIFEST_PATH = 'environments/dev/manifest.json';

describe('what is approved', () => {
  it('comes back as it was, with nothing to say about it', () => {
    const files = save([approved(), refunds]);
    expect([...files.keys()].sort()).toEqual([MANIFEST_PATH, ORDERS_PATH, REFUNDS_PATH]);
    const { manifest, workflows, problems } = readAll(files);
    expect(problems).toEqual([]);
    const file = fileNameOf(ORDERS);
    expect(describeWorkflow(workflows.get(file)!, manifest.workflows[file]!)).toEqual(
      describeWorkflow(orders, { lineageId: ORDERS.id, n8nId: 'n8n-1' }),
    );
    expect(manifest.workflows[file]).toMatchObject({ name: orders.name, tags: orders.tags, active: orders.active });
  });

  it('is the same bytes whatever order it came in, so that nothing is committed for nothing', () => {
    const shuffled = read({ ...plain, nodes: [...plain.nodes].reverse() });
    const [one, other] = [save([approved(), refunds]), save([refunds, approved({ workflow: shuffled })])];
    for (const [path, bytes] of one) expect(Buffer.from(other.get(path)!).equals(bytes), path).toBe(true);
  });

  it('joins the others, or is all there is', () => {
    const both = save([refunds], 'these', save([approved()]));
    expect([...both.keys()].sort()).toEqual([MANIFEST_PATH, ORDERS_PATH, REFUNDS_PATH]);
    const one = save([refunds], 'all', both);
    expect([...one.keys()].sort()).toEqual([MANIFEST_PATH, REFUNDS_PATH]);
    expect(Object.keys(readManifest(one.get(MANIFEST_PATH)!)!.workflows)).toEqual([fileNameOf(REFUNDS)]);
  });

  it('has one file for each lineage, under a new slug too', () => {
    const renamed = save([approved({ lineage: { ...ORDERS, slug: 'orders' } })], 'these', save([approved()]));
    expect([...renamed.keys()].sort()).toEqual([MANIFEST_PATH, 'environments/dev/workflows/orders-a1b2c3d4.json']);
    const twin = { ...ORDERS, id: ORDERS.id.replace('8000', '9000') };
    expect(() => save([approved(), approved({ lineage: twin })])).toThrow('share one file');
  });

  it('has one entry for each workflow of the instance: under a new lineage the old one goes', () => {
    const before = save([approved(), refunds]);
    const relinked = { id: ORDERS.id.replace('a1b2', '0000'), slug: 'intake' };
    const { workflows } = readManifest(save([approved({ lineage: relinked })], 'these', before).get(MANIFEST_PATH)!)!;
    expect(Object.values(workflows).map(({ lineageId, n8nId }) => [lineageId, n8nId])).toEqual([
      [relinked.id, 'n8n-1'],
      [REFUNDS.id, null],
    ]);
    const archived = approve(readManifest(before.get(MANIFEST_PATH)!), {
      environment: 'dev',
      files: [],
      scope: 'these',
      archived: ['n8n-1'],
    });
    expect(archived.get(ORDERS_PATH)).toBeNull();
    expect(archived.has(REFUNDS_PATH)).toBe(false);
  });

  it('goes where it is taken out, and nothing else does', () => {
    const standing = readManifest(save([approved(), refunds]).get(MANIFEST_PATH)!);
    const changes = approve(standing, { environment: 'dev', files: [], scope: 'these', removed: [ORDERS.id] });
    expect([...changes].map(([path, bytes]) => [path, bytes === null])).toEqual([
      [ORDERS_PATH, true],
      [MANIFEST_PATH, false],
    ]);
  });

  it('leaves other environments and strange files alone', () => {
    const others = new Map([
      ['README.md', new Uint8Array()],
      ['environments/prod/manifest.json', new Uint8Array()],
    ]);
    const files = save([approved()], 'all', others);
    expect([...files.keys()]).toEqual(expect.arrayContaining([...others.keys()]));
    expect(readAll(files).problems).toEqual([]);
  });

  it('stands at paths that every store takes', () => {
    const longest = { id: ORDERS.id, slug: 'a'.repeat(64) };
    for (const path of save([approved({ lineage: longest })]).keys()) {
      expect(isWritablePath(path), path).toBe(true);
    }
  });
});

describe('what people did to the repository', () => {
  const files = save([approved(), refunds]);
  const edited = (path: string, text: string | null) =>
    readAll(after(new Map([[path, text === null ? null : Buffer.from(text)]]), files));

  it('is noticed: a file edited by hand counts as it is, with its own digests', () => {
    const silent = { ...plain, name: 'By hand' };
    const { entries, problems } = edited(ORDERS_PATH, JSON.stringify(silent));
    expect(problems).toMatchObject([{ code: 'edited_by_hand', path: ORDERS_PATH, lineageId: ORDERS.id }]);
    expect(entries.get(fileNameOf(ORDERS))).toEqual(
      describeWorkflow(read(silent), { lineageId: ORDERS.id, n8nId: 'n8n-1' }),
    );
  });

  it('is no edit when only white space and order moved', () => {
    expect(edited(ORDERS_PATH, JSON.stringify({ ...plain, nodes: [...plain.nodes].reverse() })).problems).toEqual([]);
  });

  it.each([
    ['a missing file', ORDERS_PATH, null, 'file_missing'],
    ['a file that is no workflow', ORDERS_PATH, '{"nodes": 1}', 'workflow_unreadable'],
    ['a file that is no JSON', ORDERS_PATH, '<<<<<<< HEAD', 'workflow_unreadable'],
  ])('is said: %s, and the others stand', (_, path, text, code) => {
    const { entries, problems } = edited(path, text);
    expect(problems).toMatchObject([{ code, path }]);
    expect([...entries.keys()]).toEqual([fileNameOf(REFUNDS)]);
  });

  it('outlives approving something else: what is broken stays listed until it is mended', () => {
    const broken = after(new Map([[ORDERS_PATH, null]]), files);
    const { problems } = readAll(save([refunds], 'these', broken));
    expect(problems).toMatchObject([{ code: 'file_missing', path: ORDERS_PATH }]);
  });

  it('is said: a file that no lineage owns', () => {
    const path = 'environments/dev/workflows/mine.json';
    expect(edited(path, '{}').problems).toMatchObject([{ code: 'file_unlisted', path }]);
  });

  it.each([
    '',
    '[]',
    '{"format":"n8nops-manifest/2","workflows":{}}',
    '{"format":"n8nops-manifest/1"}',
    '{"format":"n8nops-manifest/1","workflows":{"../../x.json":{}}}',
    '{"format":"n8nops-manifest/1","workflows":{"__proto__":1,"constructor":{}}}',
  ])('leaves no manifest where something else stands: %s', (text) => {
    expect(readManifest(Buffer.from(text))).toBeNull();
  });

  it('survives bytes that are no text', () => {
    expect(readManifest(Uint8Array.from([0xff, 0xfe]))).toBeNull();
  });
});

it('paths of a log lead back to environment and file', () => {
  expect(placeOf(ORDERS_PATH)).toEqual({ environment: 'dev', file: 'order-intake-a1b2c3d4.json' });
  expect(placeOf(MANIFEST_PATH)).toEqual({ environment: 'dev', file: null });
  for (const path of [
    'README.md',
    'environments/dev',
    'environments/dev/workflows/a/b.json',
    'x/environments/dev/manifest.json',
  ]) {
    expect(placeOf(path), path).toBeNull();
  }
});

it('a file is a workflow that n8n can import', () => {
  const document = JSON.parse(Buffer.from(writeApprovedWorkflow(orders)).toString());
  expect(document).toMatchObject({ name: orders.name, nodes: expect.any(Array), connections: expect.any(Object) });
  expect(document.id).toBeUndefined();
});

it('a commit is by the person, and by us for keys and jobs, under the words of the audit log', () => {
  const ann = { type: 'user', id: 'u1', label: 'Ann' } as const;
  const key = { type: 'api_key', id: 'k1', label: 'CI' } as const;
  const system = { type: 'system', id: null, label: 'n8n Ops' } as const;
  expect(authorOf(ann, { name: 'Ann B.', email: 'ann@example.test' })).toEqual({
    name: 'Ann B.',
    email: 'ann@example.test',
  });
  expect([ann, key, system].map((actor) => authorOf(actor, null))).toEqual([
    { name: 'Ann', email: 'user.u1@n8n-ops.invalid' },
    { name: 'CI', email: 'api_key.k1@n8n-ops.invalid' },
    { name: 'n8n Ops', email: 'system@n8n-ops.invalid' },
  ]);
  expect([ann, key, system].map(actorTrailer)).toEqual(['user:u1', 'api_key:k1', 'system']);
});
